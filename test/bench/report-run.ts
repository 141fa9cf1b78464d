/** One process that writes all formats of one report, as a job of the collector does; tells its time and memory. Arguments: `large|small`, folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { findKind } from '../../reports/kinds/index.ts';
import { FORMATS, render } from '../../reports/renderers/index.ts';
import { HOST_ONLY } from '../reports/fixtures/models.ts';
import { largeModel } from './report-model.ts';

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
