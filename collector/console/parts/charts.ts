/** The reports' charts in a page: the same drawing, in the page's colours, without anything that its policy forbids. */
import { createHash } from 'node:crypto';
import { drawChart } from '../../../reports/charts/draw.ts';
import { NARROW } from '../../../reports/charts/lettering.ts';
import { type ChartSpec, chartAsText } from '../../../reports/charts/spec.ts';
import { LIGHT } from '../../../reports/palette.ts';
import { html, type Markup, trusted } from '../../../reports/renderers/markup.ts';

/** Charts that were drawn lately, by what they show: a page that is looked at again draws nothing. */
const MOST_KEPT = 400;
const kept = new Map<string, string>();

export interface FigureOptions {
  /** Drawn once, as it will be printed. */
  readonly isPaper?: boolean;
}
/** A figure with its title as the finding in a sentence, and its content as words; drawn for a screen, and for a phone, where it would be cut off. */
export async function figure(spec: ChartSpec, { isPaper = false }: FigureOptions = {}): Promise<Markup> {
  const { title, source } = spec;
  if (spec.kind === 'noData') return html`<figure class="chart"><figcaption>${title}</figcaption><p class="muted">${spec.reason}</p></figure>`;
  const words = chartAsText(spec).slice(0, 600);
  const picture = async (kind: string, width?: number): Promise<Markup> =>
    html`<div class="picture ${kind}" role="img" aria-label="${words}">${trusted(await drawn(spec, width))}</div>`;
  const pictures = isPaper || spec.kind === 'heatMap' ? await picture('') : [await picture('wide'), await picture('narrow', NARROW)];
  return html`<figure class="chart"><figcaption>${title}</figcaption>${pictures}<p class="note">${source}</p></figure>`;
}
async function drawn(spec: Exclude<ChartSpec, { kind: 'noData' }>, width?: number): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([spec, width ?? 0]))
    .digest('base64url')
    .slice(0, 16);
  const svg = kept.get(key) ?? forPage((await drawChart(spec, `c${key.replaceAll(/[^A-Za-z0-9]/g, '')}`, width)).svg);
  kept.delete(key);
  kept.set(key, svg); // newest last
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return svg;
}

const COLOURS = new Map(Object.entries(LIGHT).map(([name, value]) => [value.toLowerCase(), name]));
/** Inline styles are forbidden by the page's policy: they become attributes, and colours become the theme's. Texts hold no bare `"`. */
function forPage(svg: string): string {
  return svg
    .replace(/ style="([^"]*)"/g, (_all, declarations: string) =>
      declarations
        .split(';')
        .map((one) => one.split(':').map((part) => part.trim()))
        .flatMap(([name = '', value = '']) => (ATTRIBUTES.has(name) && value !== '' ? [` ${name}="${value}"`] : []))
        .join(''),
    )
    .replace(/(#[0-9A-Fa-f]{6})(?=")/g, (colour) => {
      const name = COLOURS.get(colour.toLowerCase());
      return name === undefined ? colour : `var(--${name})`;
    })
    .replace(/font-family="[^"]*"/g, '')
    .replace(/<svg /, '<svg focusable="false" aria-hidden="true" preserveAspectRatio="xMinYMin meet" ')
    .replace(/<\?xml[^>]*\?>/, '');
}
const ATTRIBUTES: ReadonlySet<string> = new Set(['font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'fill', 'stroke', 'stroke-width', 'opacity']);

/** A line in a table or tile: the course of a few numbers, with words for those who do not see it. @param max end of the scale */
export function sparkline(values: readonly (number | null)[], words: string, max = 100): Markup {
  const known = values.flatMap((value, index) => (value === null ? [] : [[index, value] as const]));
  if (known.length < 2) return html``;
  const width = 96;
  const height = 22;
  const points = known.map(
    ([index, value]) => `${((index / Math.max(1, values.length - 1)) * width).toFixed(1)},${(height - 2 - (Math.min(max, value) / max) * (height - 4)).toFixed(1)}`,
  );
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}"><polyline points="${points.join(' ')}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>`;
}
