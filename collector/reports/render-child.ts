/** Process that renders the files of one report: see `render-process.ts`. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { setPriority } from 'node:os';
import type { RenderAnswer, RenderRequest } from './render-process.ts';

// Loading the libraries must not take time from what our parent does: this process waits its turn.
setPriority(10);
const [, , cacheDirectory, preload] = process.argv;
if (cacheDirectory) enableCompileCache(cacheDirectory);

// A terminal's Ctrl-C and a service manager's SIGTERM reach the whole group. Whoever asked for the report still wants it, and ends us when not.
// What takes long to load is loaded below, so that no signal comes before.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

class Malformed extends Error {
  override readonly name = 'Malformed';
}

async function render({ model: path, kind: id, outputs }: RenderRequest, tell: (answer: RenderAnswer) => void): Promise<void> {
  let at = 0;
  try {
    const json = await readFile(path, 'utf8');
    const [{ render: renderOne }, { findKind }, { SIGN_OFF_PAGE, signOffPageKind }, { readModel }] = await Promise.all([
      import('../../reports/renderers/index.ts'),
      import('../../reports/kinds/index.ts'),
      import('../../reports/sign-off-page.ts'),
      import('./read-model.ts'),
    ]);
    const model = readModel(json);
    const kind = id === SIGN_OFF_PAGE ? signOffPageKind : findKind(id);
    if (model === undefined || kind === undefined) throw new Malformed();
    for (; at < outputs.length; at += 1) {
      const output = outputs[at];
      if (output === undefined) break;
      const { bytes } = await renderOne(output.format, kind, model, output.locale);
      const part = `${output.file}.part`;
      await writeFile(part, bytes, { mode: 0o600 });
      await rename(part, output.file);
      tell({ done: at + 1 });
    }
    tell({ ended: true });
  } catch (error) {
    tell({ failed: error instanceof Malformed || error instanceof SyntaxError ? 'malformed' : 'render', at, name: errorName(error) });
  }
}
/** Kind and code of an error; its message may quote the document. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}

process.once('disconnect', () => process.exit(0));
process.once('message', (request) => void render(request as RenderRequest, (answer) => process.send?.(answer)));
if (preload) {
  const [{ preloadCharts }] = await Promise.all([
    import('../../reports/charts/draw.ts'),
    import('../../reports/renderers/html.ts'),
    import('../../reports/renderers/index.ts'),
    import('../../reports/kinds/index.ts'),
    import('./read-model.ts'),
  ]);
  await preloadCharts();
  flushCompileCache(); // an inspection that ends early kills this process before it would be written
}
