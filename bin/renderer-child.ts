/** Process that renders one report: see `renderer.ts`. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { preloadCharts } from '../reports/charts/draw.ts';
import type { ReportModel } from '../reports/model.ts';
import { renderHtml } from '../reports/renderers/html.ts';
import type { RenderRequest } from './renderer.ts';

async function render({ model, html, locale }: RenderRequest): Promise<void> {
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
await preloadCharts();
