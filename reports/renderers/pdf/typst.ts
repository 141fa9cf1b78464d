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
  return native ? await typesetNatively(native, job) : await typesetInWasm(job);
}

/** A mark of the template: where a chapter or the report ends. */
interface Mark {
  /** The chapter that follows, or the place in it where a page should begin. */
  readonly place?: string | undefined;
  readonly page: number;
  /** Millimetres from the paper's upper edge. */
  readonly height: number;
}
const BEFORE_CHAPTER = { selector: '<before-chapter>', field: 'value' };
/** The place of the mark before the chapter that is signed, where it is set apart. */
const SIGN_OFF = 'sign-off';
const END = { selector: '<end>', field: 'value' };
/** Pages as they were set, with their marks. */
interface Setting<T> {
  readonly pages: T;
  readonly chapters: readonly Mark[];
  readonly end: Mark | undefined;
}
/** How closely lines and tables are set, and whether the place to sign and what is looked up begin a page. */
interface Manner {
  readonly close: '0' | '1' | '2';
  readonly 'sign-off': 'apart' | '';
  readonly 'looked-up': 'apart' | '';
}
const LOOSE: Manner = { close: '0', 'sign-off': '', 'looked-up': '' };
type Setter<T> = (inputs: Manner & { readonly 'running-on': string }) => Promise<Setting<T>>;

/** A chapter that ends above this leaves its page to the next one. */
const HALF_PAGE_MM = 128;
/** A report should not end on a page that is used less far than this. */
const LEAST_LAST_PAGE_MM = 90;
/** Characters of data. A report of more is set once: Typst remembers every setting, and another one of a large report takes 100 MB. */
const MOST_SET_AGAIN = 120_000;
/** A chapter that moves moves those behind it: so often it is looked at again. */
const MOST_ROUNDS = 4;

/** Pages without chapters that end in a few lines on an empty page. The same job always gives the same pages. */
async function settled<T>(job: TypesettingJob, set: Setter<T>): Promise<T> {
  const again = job.data.length <= MOST_SET_AGAIN;
  const loose = await withChaptersRunningOn(set, LOOSE, again);
  if (!endsShort(loose) || !again) return loose.pages;
  const close = await withChaptersRunningOn(set, { ...LOOSE, close: '1' }, again);
  if (pagesOf(close) < pagesOf(loose) && !endsShort(close)) return close.pages;
  const apart = await withChaptersRunningOn(set, { ...LOOSE, 'sign-off': 'apart' }, again);
  if (pagesOf(apart) === pagesOf(loose) && !endsShort(apart) && !signsAfterShortPage(apart)) return apart.pages;
  const closest = await withChaptersRunningOn(set, { ...LOOSE, close: '2' }, again);
  if (pagesOf(closest) < pagesOf(loose) && !endsShort(closest)) return closest.pages;
  // The end of an appendix alone on a page is better the whole of it.
  const whole = await withChaptersRunningOn(set, { ...LOOSE, 'looked-up': 'apart' }, again);
  if (pagesOf(whole) === pagesOf(loose) && !endsShort(whole)) return whole.pages;
  return pagesOf(closest) < pagesOf(loose) ? closest.pages : loose.pages;
}
function pagesOf<T>({ end }: Setting<T>): number {
  return end?.page ?? 0;
}
function endsShort<T>({ end }: Setting<T>): boolean {
  return end !== undefined && end.page > 1 && end.height < LEAST_LAST_PAGE_MM;
}
/** A place to sign that is set apart would leave a few lines alone on the page before it. */
function signsAfterShortPage<T>({ chapters }: Setting<T>): boolean {
  return chapters.some(({ place, height }) => place === SIGN_OFF && height < LEAST_LAST_PAGE_MM);
}
async function withChaptersRunningOn<T>(set: Setter<T>, manner: Manner, again: boolean): Promise<Setting<T>> {
  let runningOn = '';
  let setting = await set({ ...manner, 'running-on': runningOn });
  for (let round = 1; again && round < MOST_ROUNDS; round += 1) {
    const wanted = setting.chapters.flatMap(({ place, height }) => (height < HALF_PAGE_MM ? [place] : [])).join(',');
    if (wanted === runningOn) break;
    runningOn = wanted;
    setting = await set({ ...manner, 'running-on': runningOn });
  }
  return setting;
}
function marksOf(found: unknown): readonly Mark[] {
  return Array.isArray(found) ? (found as readonly Mark[]) : [];
}
function failed(messages: readonly string[]): TypesettingError {
  return new TypesettingError(messages.join('; ').slice(0, 500) || 'no document');
}

type Native = typeof import('@myriaddreamin/typst-ts-node-compiler');
async function loadNative(): Promise<Native | undefined> {
  try {
    return await import('@myriaddreamin/typst-ts-node-compiler');
  } catch {
    return undefined; // no build for this machine
  }
}

async function typesetNatively({ NodeCompiler }: Native, job: TypesettingJob): Promise<Uint8Array> {
  const { template, data, files, madeAt } = job;
  const compiler = NodeCompiler.create({ workspace: '/', fontArgs: [{ fontBlobs: [...fontBytes()] }] });
  for (const [path, bytes] of files) compiler.mapShadow(path, Buffer.from(bytes));
  const pages = await settled(job, async (inputs) => {
    const compiled = compiler.compile({ mainFileContent: template, inputs: { data, ...inputs } });
    const faults = compiled.takeDiagnostics();
    if (!compiled.result || faults) throw failed(faults ? compiler.fetchDiagnostics(faults).map(({ message }) => message) : []);
    const marks = (query: typeof END): readonly Mark[] => marksOf(compiled.result && compiler.query(compiled.result, query));
    return { pages: compiled.result, chapters: marks(BEFORE_CHAPTER), end: marks(END)[0] };
  });
  try {
    return compiler.pdf(pages, { creationTimestamp: madeAt });
  } finally {
    compiler.evictCache(0); // it is the process's: what one report leaves there helps no other
  }
}

async function typesetInWasm(job: TypesettingJob): Promise<Uint8Array> {
  const { template, data, files } = job;
  const [{ createTypstCompiler, loadFonts }] = await Promise.all([import('@myriaddreamin/typst.ts')]);
  const compiler = createTypstCompiler();
  const wasm = readFileSync(require.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'));
  await compiler.init({ getModule: () => wasm, beforeBuild: [loadFonts([...fontBytes()], { assets: false })] });
  compiler.addSource('/main.typ', template);
  for (const [path, bytes] of files) compiler.mapShadow(path, bytes);
  return await settled(job, (inputs) =>
    compiler.runWithWorld({ mainFilePath: '/main.typ', inputs: { data, ...inputs } }, async (world) => {
      const { diagnostics } = await world.compile({ diagnostics: 'full' });
      const { result } = await world.pdf();
      if (!result) throw failed((diagnostics ?? []).map(({ message }) => message));
      const marks = async (query: typeof END): Promise<readonly Mark[]> => marksOf(await world.query(query));
      return { pages: result, chapters: await marks(BEFORE_CHAPTER), end: (await marks(END))[0] };
    }),
  );
}
