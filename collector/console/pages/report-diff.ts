/** /reports/diff: two reports beside each other. */
import { z } from 'zod';
import { comparisonList } from '../../../reports/lists/comparison.ts';
import { html } from '../../../reports/renderers/markup.ts';
import { standingFigures } from '../../../reports/sections/trends.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id } from '../../http/values.ts';
import { compareReports } from '../../reports/compare-reports.ts';
import { titleOfKind } from '../../reports/kinds.ts';
import { listReports } from '../../store/report-store.ts';
import { addPage } from '../page.ts';
import { blocksMarkup, listMarkup } from '../parts/blocks.ts';
import { select } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { reportTabs, subjectOf } from './reports.ts';

const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

export function reportDiffPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    { path: '/reports/diff', id: 'reportDiffPage', summary: 'Page of two reports compared', permission: 'report.read', query: { one: chosen(Id), other: chosen(Id) } },
    async (view, { query }) => {
      const { t, locale } = view;
      const recent = await listReports(deps.database.db, view.visibility, { state: 'done', limit: 100 });
      const choices: (readonly [string, string])[] = [];
      for (const one of recent) {
        const { customer, cluster, zone } = await subjectOf(deps, view, one);
        choices.push([one.id, `${view.clock(one.to, zone)} · ${cluster} · ${(await titleOfKind(one.kind))?.[locale] ?? one.kind} · ${customer}`]);
      }
      const head = { title: t('对比两份报告', 'Compare two reports'), area: 'reports' as const, tabs: reportTabs(view, 'diff') };
      if (choices.length < 2) return { ...head, content: empty(t('至少需要两份已完成的报告。', 'It takes two reports that are done.')) };
      const chooseForm = html`<form method="get" action="/reports/diff" class="filters broad">${select(t('较早', 'Earlier'), 'one', choices, query.one ?? choices[1]?.[0])}${select(t('较晚', 'Later'), 'other', choices, query.other ?? choices[0]?.[0])}<button>${t('对比', 'Compare')}</button></form>`;
      if (query.one === undefined || query.other === undefined) return { ...head, content: chooseForm };
      const [one, other] = [await deps.reports.get(view.visibility, query.one), await deps.reports.get(view.visibility, query.other)];
      const model = await compareReports(deps.database.db, one, other);
      if (!model) return { ...head, content: html`${chooseForm}${empty(t('其中一份报告的文档已不再保留。', 'The document of one of them is not kept any more.'))}` };
      const isOther = one.customerId !== other.customerId || one.clusterId !== other.clusterId;
      const note =
        isOther &&
        html`<p class="notice warning" role="status">▲ ${t('两份报告的范围不同：', 'The two reports are not about the same: ')}${(await subjectOf(deps, view, one)).cluster}${t('；', '; ')}${(await subjectOf(deps, view, other)).cluster}${t('。只在其中一份范围内的问题也会列为新增或已消除。', '. What only one of them looks at is listed as new or gone too.')}</p>`;
      return { ...head, content: html`${chooseForm}${note}${await blocksMarkup(view, standingFigures(model, locale))}${await listMarkup(view, comparisonList, model)}` };
    },
  );
}
