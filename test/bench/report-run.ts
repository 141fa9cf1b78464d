/** One process that writes all formats of one report with the built program, as a job of the collector does; tells its time and memory. Arguments: `large|small`, folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type * as Kinds from '../../reports/kinds/index.ts';
import type * as Renderers from '../../reports/renderers/index.ts';
import { HOST_ONLY } from '../reports/fixtures/models.ts';
import { largeModel } from './report-model.ts';

/** What users run, with its bundles; the sources cost what Node takes to strip their types. */
const BUILT = join(import.meta.dirname, '../../dist/reports');
const { findKind } = (await import(join(BUILT, 'kinds/index.js'))) as typeof Kinds;
const { FORMATS, render } = (await import(join(BUILT, 'renderers/index.js'))) as typeof Renderers;

setFlagsFromString('--semi-space-growth-factor=1'); // as the program itself runs
const [size = 'large', folder = '.'] = process.argv.slice(2);
const kind = findKind('s360');
if (!kind) throw new Error('no kind s360');
const model = size === 'large' ? largeModel() : HOST_ONLY;
const times: Record<string, number> = {};
const began = performance.now();
for (const format of FORMATS) {
  const start = performance.now();
  const { bytes, extension } = await render(format, kind, model, 'zh');
  times[format] = Math.round(performance.now() - start);
  writeFileSync(join(folder, `${size}.${extension}`), bytes);
}
console.log(
  JSON.stringify({
    wallMs: Math.round(performance.now() - began),
    cpuMs: Math.round(process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    times,
  }),
);
