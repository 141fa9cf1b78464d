/**
 * Typst, which sets the pages. Its native build where there is one for this machine, the same version as WebAssembly
 * elsewhere (arm64): both lay out the same. Nothing is loaded from the network, fonts are handed over as bytes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { FONT_FILES } from '../../charts/raster.ts';

export interface TypesettingJob {
  /** The static template. */
  readonly template: string;
  /** Handed to the template as `sys.inputs.data`; never markup. */
  readonly data: string;
  /** Files that the template may name, by absolute path within the job. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Unix seconds that the PDF says it was made at. */
  readonly madeAt: number;
}

/** The template or a picture could not be set; the message is Typst's and quotes nothing of the data. */
export class TypesettingError extends Error {
  override readonly name = 'TypesettingError';
}

const require = createRequire(import.meta.url);
/** The bytes of the report's fonts, regular and bold. */
export function fontBytes(): readonly Buffer[] {
  return FONT_FILES.map((path) => readFileSync(path));
}

/**
 * @param portable sets with the WebAssembly build also where there is a native one
 * @throws TypesettingError
 */
export async function typeset(job: TypesettingJob, portable = false): Promise<Uint8Array> {
  const native = portable ? undefined : await loadNative();
  return native ? typesetNatively(native, job) : await typesetInWasm(job);
}

type Native = typeof import('@myriaddreamin/typst-ts-node-compiler');
async function loadNative(): Promise<Native | undefined> {
  try {
    return await import('@myriaddreamin/typst-ts-node-compiler');
  } catch {
    return undefined; // no build for this machine
  }
}

function typesetNatively({ NodeCompiler }: Native, { template, data, files, madeAt }: TypesettingJob): Uint8Array {
  const compiler = NodeCompiler.create({ workspace: '/', fontArgs: [{ fontBlobs: [...fontBytes()] }] });
  for (const [path, bytes] of files) compiler.mapShadow(path, Buffer.from(bytes));
  const result = compiler.compile({ mainFileContent: template, inputs: { data } });
  const faults = result.takeDiagnostics();
  if (!result.result || faults)
    throw new TypesettingError(
      faults
        ? compiler
            .fetchDiagnostics(faults)
            .map(({ message }) => message)
            .join('; ')
            .slice(0, 500)
        : 'no document',
    );
  return compiler.pdf(result.result, { creationTimestamp: madeAt });
}

/** Typst's own number for "PDF" in the WebAssembly build. */
const PDF_FORMAT = 1;
async function typesetInWasm({ template, data, files, madeAt }: TypesettingJob): Promise<Uint8Array> {
  const [{ createTypstCompiler, loadFonts }] = await Promise.all([import('@myriaddreamin/typst.ts')]);
  const compiler = createTypstCompiler();
  const wasm = readFileSync(require.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'));
  await compiler.init({ getModule: () => wasm, beforeBuild: [loadFonts([...fontBytes()], { assets: false })] });
  compiler.addSource('/main.typ', template);
  for (const [path, bytes] of files) compiler.mapShadow(path, bytes);
  const { result, diagnostics } = await compiler.compile({
    mainFilePath: '/main.typ',
    format: PDF_FORMAT,
    inputs: { data },
    diagnostics: 'full',
    pdfOpts: { creationTimestamp: madeAt },
  } as never);
  if (!(result instanceof Uint8Array))
    throw new TypesettingError(
      (diagnostics ?? [])
        .map((fault) => (typeof fault === 'string' ? fault : fault.message))
        .join('; ')
        .slice(0, 500),
    );
  return result;
}
