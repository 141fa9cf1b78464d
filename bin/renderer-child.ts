/** Process that renders one report: see `renderer.ts`. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { setPriority } from 'node:os';
import type { ReportModel } from '../reports/model.ts';
import type { RenderRequest } from './renderer.ts';

// Loading the chart library must not take time from reading the cluster: this process waits its turn.
setPriority(10);
if (process.argv[2]) enableCompileCache(process.argv[2]);
const loaded = Promise.all([import('../reports/renderers/html.ts'), import('../reports/charts/draw.ts')]);

async function render({ model, html, locale }: RenderRequest): Promise<void> {
  const [{ renderHtml }] = await loaded;
  const document = JSON.parse(await readFile(model, 'utf8')) as ReportModel; // written by our parent a moment ago
  const part = `${html}.part`;
  await writeFile(part, await renderHtml(document, locale), { mode: 0o600 });
  await rename(part, html);
}

process.once('disconnect', () => process.exit(0));
process.once('message', (request) => {
  render(request as RenderRequest).then(
    () => process.send?.('done'),
    () => process.send?.('failed'),
  );
});
const [, { preloadCharts }] = await loaded;
await preloadCharts();
flushCompileCache(); // an inspection that ends early kills this process before it would be written
