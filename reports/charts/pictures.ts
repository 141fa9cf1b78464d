/** The pictures of a report: drawn once, however many formats show them. */
import { drawChart, type Picture } from './draw.ts';
import type { ChartSpec } from './spec.ts';

/** Pictures that are remembered: those of a large report in both languages. */
const MOST_KEPT = 64;
const kept = new Map<string, Promise<Picture>>();

/** The chart as wide as a page's text; the one that another format of the same report drew is drawn no second time. */
export async function pictureOf(chart: Exclude<ChartSpec, { kind: 'noData' }>, id: string): Promise<Picture> {
  const key = JSON.stringify([id, chart]);
  const picture = kept.get(key) ?? drawChart(chart, id);
  kept.delete(key);
  kept.set(key, picture); // newest last
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return await picture;
}
