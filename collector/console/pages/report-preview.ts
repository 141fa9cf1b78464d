/** /reports/preview: what a report would say, before it is made: the same document, drawn for the screen. */
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { kindOf } from '../../reports/kinds.ts';
import { NothingToReport } from '../../reports/make-report.ts';
import type { Page } from '../layout.ts';
import { addPage } from '../page.ts';
import { blocksMarkup } from '../parts/blocks.ts';
import { form, hidden } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import type { View } from '../view.ts';
import { askedOf, type Given, NewReport } from './new-report.ts';
import { subjectOf } from './reports.ts';

/** Characters of markup of all chapters together: one that does not fit is left to the report itself. */
const MOST_CHARACTERS = 285_000;
/** Assembling a report is work: people look at a few of them, programs use the API. */
const PER_MINUTE = 20;

export function reportPreviewPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    { path: '/reports/preview', id: 'reportPreviewPage', summary: 'Page of what a report would say', permission: 'report.create', query: NewReport.shape, perMinute: PER_MINUTE },
    async (view, { query }) => await preview(deps, view, query as unknown as Given),
  );
}

async function preview(deps: AppDeps, view: View, given: Given): Promise<Page> {
  const { t, locale, now } = view;
  const asked = await askedOf(deps, view, given, now);
  if (asked.from !== undefined && asked.from >= asked.to) throw new AppError('invalid', 'the period ends before it begins', { details: { field: 'to' } });
  const kind = await kindOf(asked.kind);
  if (!kind) throw new AppError('invalid', 'there is no such kind of report', { details: { field: 'kind' } });
  const { customer, cluster, zone } = await subjectOf(deps, view, asked);
  const { lang: _l, say: _s, field: _f, about: _a, ...chosen } = given as Given & Readonly<Partial<Record<'lang' | 'say' | 'field' | 'about', string>>>;
  const page = {
    title: t(`预览：${kind.title.zh}`, `Preview: ${kind.title.en}`),
    area: 'reports' as const,
    site: zone,
    trail: [[t('报告', 'Reports'), '/reports'] as const, [t('生成报告', 'Make a report'), `/reports/new?customer=${given.customer}`] as const],
    about: html`<span>${customer} · ${cluster}</span>`,
    actions: form(
      view,
      '/reports',
      Object.entries(chosen).flatMap(([name, value]) => (value === undefined ? [] : hidden(name, value))),
      t('生成', 'Make it'),
    ),
  };
  try {
    const [model, { writeDocument }] = await Promise.all([deps.assemble(asked), import('../../../reports/document.ts')]);
    const { facts, chapters } = writeDocument(kind, model, locale);
    const contents = html`<nav class="contents" aria-label="${t('目录', 'Contents')}"><ol>${chapters.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>`;
    return {
      ...page,
      content: html`<p class="note">${t('与生成的报告同一份内容，按屏幕排版；完整的表格在报告文件中。', 'The same content as the report, laid out for the screen; whole tables are in its files.')}</p><dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>${contents}${await chaptersMarkup(view, chapters)}`,
    };
  } catch (error) {
    if (error instanceof NothingToReport) return { ...page, actions: undefined, content: empty(t('该范围内没有巡检数据。', 'There is no inspection in its range.')) };
    throw error;
  }
}

async function chaptersMarkup(view: View, chapters: Awaited<ReturnType<typeof import('../../../reports/document.ts')['writeDocument']>>['chapters']): Promise<readonly Part[]> {
  const out: Markup[] = [];
  let length = 0;
  for (const { id, title, blocks } of chapters) {
    const content = html`${length < MOST_CHARACTERS && (await blocksMarkup(view, blocks, { isPaper: true }))}`;
    const fits = length + content.text.length < MOST_CHARACTERS;
    const left = html`<p class="muted">${view.t('预览中放不下；本章在报告文件中。', 'Too long for the preview: this chapter is in the files.')}</p>`;
    const drawn = html`<section id="${id}" class="chapter"><h2>${title}</h2>${fits ? content : left}</section>`;
    length += drawn.text.length;
    out.push(drawn);
  }
  return out;
}
