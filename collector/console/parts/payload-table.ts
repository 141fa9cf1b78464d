/** A payload field by field, each with its purpose: what arrived, or what is about to leave. */
import { encodedFields } from '../../../agent/wire/explain.ts';
import { SECTIONS } from '../../../agent/wire/registry.ts';
import type { SectionDefinition } from '../../../agent/wire/section.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { readInspection } from '../../ingest/reread-inspection.ts';
import { link } from '../html.ts';
import type { View } from '../view.ts';
import { pages } from './forms.ts';

const PAGE = 200;
const LONGEST = 400;

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
      html`<tr data-row><td class="name"><code>${breakable(name)}</code></td><td>${breakable(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)}${unit !== undefined && html` <small class="site">${unit}</small>`}</td><td>${purpose[locale]}</td></tr>`,
  );
  return {
    about: t(`第 ${after + 1} 至 ${after + shown.length} 个值，共 ${fields.length} 个`, `values ${after + 1} to ${after + shown.length} of ${fields.length}`),
    content: html`${switchedOff(view, json)}<div class="scroll"><table class="stack"><thead><tr><th>${t('字段', 'Field')}</th><th>${t('值', 'Value')}</th><th>${t('用途', 'Purpose')}</th></tr></thead><tbody>${rows}</tbody></table></div>${pages(view, { first: after > 0 ? path : undefined, next: after + PAGE < fields.length ? link(path, { after: after + PAGE }) : undefined })}`,
  };
}

/** Groups that the site has switched off, as the payload itself says it. */
function switchedOff({ t }: View, json: string): Markup {
  const payload = JSON.parse(json) as { readonly gatherers?: readonly { readonly section: string; readonly reason?: string }[] };
  const definitions: Readonly<Record<string, SectionDefinition>> = SECTIONS;
  const off = [...new Set((payload.gatherers ?? []).flatMap(({ section, reason }) => (reason === 'opted-out' ? (definitions[section]?.group ?? []) : [])))].sort();
  return off.length === 0
    ? html`<p class="muted">${t('站点没有关闭任何一组（optOut）。', 'The site has switched no group off (optOut).')}</p>`
    : html`<p>${t('站点已关闭：', 'Switched off by the site: ')}<code>optOut: [${off.join(', ')}]</code></p>`;
}
