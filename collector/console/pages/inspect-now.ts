/** "Inspect now" on the page of a cluster: the button, and how far each agent is. Whether an agent does it, its site decides. */
import { z } from 'zod';
import type { Refusal } from '../../../agent/wire/request.ts';
import type { Text } from '../../../agent/wire/vocabulary.ts';
import { plural } from '../../../reports/format.ts';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { AppError } from '../../errors.ts';
import type { InspectionProgress } from '../../fleet/inspect-now.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { IdParams } from '../../http/values.ts';
import type { RequestStage, StageCount } from '../../store/inspection-request-store.ts';
import { NOTHING } from '../html.ts';
import { addForm } from '../page.ts';
import { form } from '../parts/forms.ts';
import type { View } from '../view.ts';

export function inspectNowPages(api: Api, { inspectNow }: AppDeps): void {
  addForm(
    api,
    {
      path: '/clusters/:id/inspect',
      id: 'inspectNowForm',
      summary: 'Form to ask the agents of a cluster for an inspection now',
      permission: 'inspection.request',
      params: IdParams,
      body: z.strictObject({}),
    },
    ({ params }) => `/clusters/${params.id}`,
    async ({ caller, params, now }) => {
      const to = `/clusters/${params.id}`;
      try {
        await inspectNow.ask(caller, params.id, now);
      } catch (error) {
        // Nobody could be asked: the page says why.
        if (error instanceof AppError && error.code === 'conflict') return { to, say: 'inspection-impossible' };
        throw error;
      }
      return { to, say: 'inspection-requested' };
    },
  );
}

/** The button, while another inspection may be asked for. */
export function inspectButton(view: View, clusterId: string, { stages, isOver, againAt, request }: InspectionProgress): Part {
  if (!view.may('inspection.request') || againAt !== undefined || (request && !isOver)) return undefined;
  const canAsk = stages.some(({ stage }) => !['silent', 'unaware', 'not-allowed'].includes(stage));
  return canAsk && form(view, `/clusters/${clusterId}/inspect`, NOTHING, view.t('立即巡检', 'Inspect now'), { second: true });
}

const STAGE_TEXTS: Readonly<Record<Exclude<RequestStage, 'refused'>, Text>> = {
  waiting: { zh: '等待下一次心跳', en: 'waiting for the next heartbeat' },
  handed: { zh: '已转达，等待答复', en: 'told, no answer yet' },
  accepted: { zh: '已接受，等待开始', en: 'picked up' },
  inspecting: { zh: '正在巡检', en: 'inspecting' },
  inspected: { zh: '已巡检，结果在途（站点若设有审批，则等待批准）', en: 'inspected, result on its way (or held at the site for approval)' },
  received: { zh: '✓ 结果已收到', en: '✓ result received' },
  'not-allowed': { zh: '站点不允许（remoteRequests: none）', en: 'not allowed by the site (remoteRequests: none)' },
  unaware: { zh: '代理版本较旧，或刚启动尚未说明；请升级后再试', en: 'of an older version, or just started and has not said yet: upgrade it to ask it' },
  silent: { zh: '失联', en: 'silent' },
};
const REFUSAL_TEXTS: Readonly<Record<Refusal, Text>> = {
  'not-allowed': STAGE_TEXTS['not-allowed'],
  'too-often': { zh: '未执行：十分钟内已按请求巡检过', en: 'not done: it inspected on request within the last ten minutes' },
  'too-late': { zh: '未执行：请求已过期', en: 'not done: the request was over' },
  withheld: { zh: '未执行：站点目前不发送巡检结果', en: 'not done: the site sends no inspections now' },
  failed: { zh: '■ 巡检没有结果，原因见代理日志', en: '■ it had no result: the log of the agent says why' },
};
/** On the way, in order. */
const STEPS: readonly (readonly [zh: string, en: string, stages: readonly RequestStage[]])[] = [
  ['已请求', 'requested', ['waiting', 'handed']],
  ['已接受', 'picked up', ['accepted']],
  ['巡检中', 'inspecting', ['inspecting']],
  ['已收到', 'received', ['inspected', 'received']],
];

/** How far the newest request is; why none can be made, where none can. */
export function inspectProgress(view: View, progress: InspectionProgress, zone: string, isDemo = false): Part {
  const { request, stages, isOver } = progress;
  if (!request) return cannotAsk(view, stages, isDemo);
  const { t } = view;
  const all = sum(stages);
  const received = sum(stages.filter(({ stage }) => stage === 'received'));
  const asked = sum(stages.filter(({ stage }) => !['silent', 'unaware', 'not-allowed'].includes(stage)));
  const late = isOver && received < asked;
  const state = isOver
    ? late
      ? html`<span class="mark warning">▲ ${t('部分完成', 'partly done')}</span>`
      : html`<span class="ok">✓ ${t('已完成', 'done')}</span>`
    : html`<span>${t('进行中', 'under way')}</span>`;
  const lines = stages
    .toSorted((a, b) => b.agents - a.agents)
    .map((one) => html`<li>${t(`${one.agents} 个代理：`, `${plural(one.agents, 'agent')}: `)}${wordsOf(view, one, request.expiresAt)}</li>`);
  return html`<section class="inspect" aria-label="${t('立即巡检的进展', 'Progress of the inspection')}"><h2>${t('立即巡检', 'Inspection asked for')}<small>${request.requestedBy.name} · ${view.time(request.requestedAt, zone)}</small></h2><ol class="steps">${steps(view, stages, isOver)}</ol><p role="status">${state} · ${t(`${asked} 个可请求的代理中 ${received} 个的结果已收到`, `results of ${received} of ${plural(asked, 'agent')} are here`)}${all > asked && t(`；另有 ${all - asked} 个无法请求`, `; ${all - asked} more cannot be asked`)}</p><ul class="quiet">${lines}</ul></section>`;
}
function steps(view: View, stages: readonly StageCount[], isOver: boolean): readonly Markup[] {
  const counts = STEPS.map(([, , own]) => sum(stages.filter(({ stage }) => own.includes(stage))));
  const furthest = counts.findLastIndex((count) => count > 0);
  return STEPS.map(([zh, en], index) => {
    const isDone = index < furthest || (index === furthest && (isOver || index === STEPS.length - 1));
    const isCurrent = index === furthest && !isDone;
    return html`<li class="${isDone ? 'done' : ''}"${isCurrent && html` aria-current="step"`}>${isDone && html`<span aria-hidden="true">✓ </span>`}${view.t(zh, en)}</li>`;
  });
}
function wordsOf({ locale, t, now }: View, { stage, refusal }: StageCount, expiresAt: number): string {
  if (stage === 'refused') return REFUSAL_TEXTS[(refusal ?? 'failed') as Refusal]?.[locale] ?? refusal ?? '';
  if ((stage === 'waiting' || stage === 'handed') && now >= expiresAt) return t('期限内没有答复', 'did not answer in time');
  return STAGE_TEXTS[stage][locale];
}
function cannotAsk(view: View, stages: readonly StageCount[], isDemo: boolean): Part {
  if (isDemo && view.may('inspection.request'))
    return html`<p class="note">${view.t('不能从这里请求巡检：这是演示数据，背后没有代理。', 'An inspection cannot be asked for from here: this is demo data, with no agent behind it.')}</p>`;
  if (stages.length === 0 || stages.some(({ stage }) => stage === 'waiting') || !view.may('inspection.request')) return undefined;
  const why = stages.map((one) => `${view.t(`${one.agents} 个代理`, plural(one.agents, 'agent'))}: ${wordsOf(view, one, 0)}`).join(view.t('；', '; '));
  return html`<p class="note">${view.t('不能从这里请求巡检：', 'An inspection cannot be asked for from here: ')}${why}</p>`;
}
function sum(stages: readonly StageCount[]): number {
  return stages.reduce((total, { agents }) => total + agents, 0);
}
