/** A payload field by field, each with its purpose: what arrived, or what is about to leave. */
import { encodedFields } from '../../../agent/wire/explain.ts';
import { SECTIONS } from '../../../agent/wire/registry.ts';
import type { SectionDefinition } from '../../../agent/wire/section.ts';
import type { Group } from '../../../agent/wire/vocabulary.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { readInspection } from '../../ingest/reread-inspection.ts';
import { link } from '../html.ts';
import type { View } from '../view.ts';
import { disclosure, pages } from './forms.ts';

const PAGE = 200;
/** Of a list that stands beside the sections: lines of it on one page; the very bytes have the rest. */
const MOST_ENTRIES = 1_000;

export interface PayloadTable {
  readonly about: string;
  readonly content: Part;
}
/** @param after fields of the pages before @param path of the page */
export function payloadTable(view: View, json: string, after: number, path: string): PayloadTable {
  const { t, locale } = view;
  // Of another version: the bytes speak for themselves.
  const fields = readInspection(json) === undefined ? [] : [...encodedFields({ json } as Parameters<typeof encodedFields>[0])];
  const shown = fields.slice(after, after + PAGE);
  const rows = shown.map(
    ({ path: name, value, purpose, unit }) =>
      html`<tr data-row><td class="name"><code>${breakable(name)}</code></td><td>${valueMarkup(view, value)}${unit !== undefined && html` <small class="site">${unit}</small>`}</td><td>${purpose[locale]}</td></tr>`,
  );
  return {
    about: t(`第 ${after + 1} 至 ${after + shown.length} 个值，共 ${fields.length} 个`, `values ${after + 1} to ${after + shown.length} of ${fields.length}`),
    content: html`${switchedOff(view, json)}<div class="scroll"><table class="stack payload"><thead><tr><th>${t('字段', 'Field')}</th><th>${t('值', 'Value')}</th><th>${t('用途', 'Purpose')}</th></tr></thead><tbody>${rows}</tbody></table></div>${pages(view, { first: after > 0 ? path : undefined, next: after + PAGE < fields.length ? link(path, { after: after + PAGE }) : undefined })}`,
  };
}

/** Whole, whatever its length: what cannot be read cannot be consented to. */
function valueMarkup({ t }: View, json: string): Markup {
  const value: unknown = /^[{[]/.test(json) ? JSON.parse(json) : undefined;
  if (typeof value !== 'object' || value === null) return breakable(json);
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return html`${value.length === 0 ? '[]' : value.join(', ')}`;
  if (!Array.isArray(value)) return html`<ul class="plain">${Object.entries(value).map(([key, one]) => html`<li><code>${key}</code> ${breakable(JSON.stringify(one))}</li>`)}</ul>`;
  const shown = value.slice(0, MOST_ENTRIES);
  const more =
    value.length > shown.length &&
    html`<p class="note">${t(`显示 ${shown.length} 条，共 ${value.length} 条；其余见原始字节`, `${shown.length} of ${value.length}; the very bytes have the rest`)}</p>`;
  return disclosure(t(`${value.length} 条`, `${value.length} entries`), html`${more}<ol>${shown.map((one) => html`<li>${breakable(entryWords(one))}</li>`)}</ol>`);
}
/** `section: etcdHost, status: absent`: the words of its JSON without the signs around them. */
function entryWords(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return JSON.stringify(entry);
  return Object.entries(entry)
    .map(([key, value]) => `${key}: ${typeof value === 'object' && value !== null ? `(${entryWords(value)})` : typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** Groups that the site has switched off, as the payload itself says it. */
export function groupsOff(json: string): readonly Group[] {
  const payload = JSON.parse(json) as { readonly gatherers?: readonly { readonly section: string; readonly reason?: string }[] };
  const definitions: Readonly<Record<string, SectionDefinition>> = SECTIONS;
  return [...new Set((payload.gatherers ?? []).flatMap(({ section, reason }) => (reason === 'opted-out' ? (definitions[section]?.group ?? []) : [])))].sort();
}
function switchedOff({ t }: View, json: string): Markup {
  const off = groupsOff(json);
  return off.length === 0
    ? html`<p class="muted">${t('站点没有关闭任何一组（optOut）。', 'The site has switched no group off (optOut).')}</p>`
    : html`<p>${t('站点已关闭：', 'Switched off by the site: ')}<code>optOut: [${off.join(', ')}]</code></p>`;
}
