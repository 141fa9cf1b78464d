/** One incident: what to do, evidence, clocks with their arithmetic, what happens next, what was told to whom, and what has happened. */
import type { Observed } from '../../../agent/wire/inspection.ts';
import { UNITS } from '../../../agent/wire/vocabulary.ts';
import { formatObserved } from '../../../reports/format.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../http/deps.ts';
import { titleOf } from '../../incident-news.ts';
import type { Explanation, IncidentDetail } from '../../incidents/detail.ts';
import { findingIdentity } from '../../ingest/inspection-facts.ts';
import { CLOCK_WORDS } from '../../notify/terms.ts';
import { assigneesOf } from '../../store/assignee-store.ts';
import { findFinding } from '../../store/finding-list.ts';
import { type IncidentSummary, numbersOf } from '../../store/incident-list.ts';
import { type Notification, subscribersOf } from '../../store/notification-store.ts';
import { userById } from '../../store/user-store.ts';
import type { Duty } from '../../support/clock.ts';
import { NOTHING } from '../html.ts';
import type { Page } from '../layout.ts';
import { form } from '../parts/forms.ts';
import { answeredOf, dueWords, incidentPath, objectOf } from '../parts/incident-rows.ts';
import { demoTag, incidentState, severityMark } from '../parts/marks.ts';
import { type Place, placesOf } from '../parts/places.ts';
import { remedyMarkup } from '../parts/remedy.ts';
import { scopeWords } from '../parts/scope.ts';
import type { View } from '../view.ts';
import { eventWord, SOURCE_WORDS } from '../words/incident-words.ts';
import { exportButton } from './cluster-frame.ts';
import { findingPath } from './finding-rows.ts';
import { actForms, noteForm } from './incident-acts.ts';
import { clocks } from './incident-clocks.ts';
import { timeline } from './incident-timeline.ts';

/** Rows of a table in a page; the API has the rest. */
const MOST_ROWS = 200;
const MOST_DUTIES = 8;
const MOST_MESSAGES = 50;

export async function incidentPage(deps: AppDeps, view: View, detail: IncidentDetail, explanation: Explanation): Promise<Page> {
  const { database, checkTexts, rules } = deps;
  const { summary, incident } = detail;
  const { t, locale } = view;
  const place = await placesOf(deps, view.visibility, locale)(summary);
  const { terms } = await rules.termsFor(database.db, { customerId: summary.customerId, clusterId: summary.clusterId, policy: summary.policy });
  const levels = [...terms.levels].map(([level, { label }]) => [String(level), label[locale]] as const);
  const assignees = view.may('incident.work') ? await assigneesOf(database.db, summary.customerId) : [];
  const remedy = checkTexts(summary.rule)?.remedy[locale];
  const why = checkTexts(summary.rule)?.why[locale];
  const title = `#${summary.number} ${titleOf(checkTexts, summary)[locale]}`;
  const next = summary.nextDueAt !== undefined && html`<span>${t('最近时限', 'Next due')} ${dueWords(view, summary, place.zone)}</span>`;
  return {
    title,
    area: 'incidents',
    live: true,
    site: place.zone,
    trail: [[t('事件', 'Incidents'), '/incidents']],
    about: html`${severityMark(view, summary.severity)}<strong>${place.level}</strong>${incidentState(view, summary)}${(await answeredOf(view, database.db, [summary]))(summary)}<span>${place.customer} ${place.cluster !== undefined && summary.clusterId !== null ? html`· <a href="/clusters/${summary.clusterId}">${place.cluster}</a>` : ''} ${demoTag(view, place.isDemo)}</span>${next}`,
    actions: summary.clusterId !== null && exportButton(view, { customerId: summary.customerId, clusterId: summary.clusterId, second: true }),
    content: html`${actForms(view, detail, { assignees, levels })}
${why !== undefined && html`<h2>${t('为何重要', 'Why it matters')}</h2><p>${why}</p>`}${remedy !== undefined && html`<h2>${t('处置建议', 'Remedy')}</h2>${remedyMarkup(view, remedy, summary.scope)}`}${incident.description !== undefined && html`<h2>${t('描述', 'Description')}</h2><p class="remedy">${incident.description}</p>`}
<div class="columns"><section><h2>${t('证据', 'Evidence')}</h2>${await evidence(deps, view, detail, place)}<h2>${t('合同时限', 'Clocks of the contract')}</h2>${clocks(view, explanation.clocks, place)}${ahead(view, explanation.duties, place)}${members(deps, view, detail)}${await related(deps, view, detail)}</section>
<section><h2>${t('经过与备注', 'Timeline and comments')}</h2>${noteForm(view, detail)}${timeline(view, detail.events, { place, unit: incident.unit })}${await told(deps, view, summary, place)}</section></div>`,
  };
}

async function evidence({ database }: AppDeps, view: View, { summary, incident }: IncidentDetail, { zone }: Place): Promise<Markup> {
  const { t, locale } = view;
  const unit = UNITS.find((known) => known === incident.unit) ?? 'value';
  const value = (one: Observed): string => formatObserved(one, unit, locale, view.offsetMinutes(zone));
  const { clusterId, scope, rule } = summary;
  const finding = clusterId !== null && scope ? await findFinding(database.db, view.visibility, clusterId, findingIdentity(rule, scope)) : undefined;
  const lines: readonly (readonly [string, Part])[] = [
    [t('对象', 'Object'), scope ? breakable(scopeWords(scope, locale)) : objectOf(view, summary) || undefined],
    [t('观测值', 'Observed'), incident.observed === undefined || incident.observed === null ? undefined : value(incident.observed)],
    [t('阈值', 'Threshold'), incident.threshold === undefined || incident.threshold === null ? undefined : value(incident.threshold)],
    [t('问题详情', 'Finding'), finding && html`<a href="${findingPath(finding)}">${t('证据随时间的变化、来源、接受风险', 'evidence over time, source, accept the risk')}</a>`],
    [t('检查项', 'Check'), html`<code>${rule}</code>`],
    [t('来源', 'Source'), SOURCE_WORDS[summary.source]?.[locale] ?? summary.source],
    [t('创建', 'Opened'), view.time(summary.openedAt, zone)],
    [t('处理人', 'Assignee'), incident.assignee?.name],
    [t('支持策略', 'Policy'), summary.policy],
    [t('来去不定', 'Comes and goes'), incident.flapping && html`▲ ${t('自', 'since')} ${view.time(incident.flapping.since, zone)}`],
  ];
  return html`<dl class="facts">${lines.filter(([, text]) => text !== undefined && text !== '' && text !== false).map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`;
}

function ahead(view: View, duties: readonly Duty[], { zone }: Place): Part {
  if (duties.length === 0) return undefined;
  const rows = duties.slice(0, MOST_DUTIES).map(({ dueAt, body, rule }) => {
    const what = body?.kind === 'clock' ? clockWords(view, body) : body === undefined ? reminderWords(view, rule) : eventWord(body.kind, view.locale);
    return html`<tr><td class="t">${view.time(dueAt, zone)}</td><td>${what}</td></tr>`;
  });
  return html`<h2>${view.t('若无人处理，接下来', 'What happens when nobody does anything')}</h2><table><thead><tr><th>${view.t('时间', 'When')}</th><th>${view.t('什么', 'What')}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function clockWords({ t, locale }: View, { clock, percent }: { readonly clock: string; readonly percent: number }): string {
  const name = CLOCK_WORDS[clock]?.[locale] ?? clock;
  return percent >= 100 ? t(`${name}超时`, `${name}: time is over`) : t(`提醒：${name}时限已用 ${percent} %`, `Warning: ${percent} % of the time is used (${name})`);
}
function reminderWords({ t }: View, rule: string): string {
  return rule.startsWith('status.') ? t('提醒：向客户通报进展', 'Reminder: tell the customer how it stands') : t('提醒', 'Reminder');
}

function members({ checkTexts }: AppDeps, view: View, { members: list, hidden, summary }: IncidentDetail): Part {
  const shown = [...list, ...hidden].slice(0, MOST_ROWS);
  if (shown.length === 0) return undefined;
  const total = Math.max(summary.members, shown.length);
  const rows = shown.map(
    ({ rule, scope, severity }) =>
      html`<tr><td class="t">${severityMark(view, severity)}</td><td class="name">${breakable(scopeWords(scope, view.locale))}</td><td>${checkTexts(rule)?.title[view.locale] ?? html`<code>${rule}</code>`}</td></tr>`,
  );
  const title = list.length > 0 ? view.t('包含的对象', 'Members') : view.t('由它引起', 'Explained by it');
  return html`<h2>${title}<small>${shown.length} / ${total}</small></h2><div class="scroll"><table><thead><tr><th>${view.t('严重程度', 'Severity')}</th><th>${view.t('对象', 'Object')}</th><th>${view.t('检查项', 'Check')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

async function related({ checkTexts, database }: AppDeps, view: View, { summary, incident, children, followers }: IncidentDetail): Promise<Part> {
  const { t } = view;
  const named = [summary.parentId, summary.followsId, incident.cancellation?.of].filter((id) => id !== undefined);
  const numbers = await numbersOf(database.db, view.visibility, named, view.now);
  const line = (kind: string, one: IncidentSummary): Markup =>
    html`<li>${kind} <a href="${incidentPath(one)}">#${one.number} ${titleOf(checkTexts, one)[view.locale]}</a> ${incidentState(view, one)}</li>`;
  const byId = (kind: string, id: string | undefined): Part =>
    id !== undefined && html`<li>${kind} <a href="/incidents/${numbers.get(id) ?? id}">${numbers.has(id) ? `#${numbers.get(id)}` : t('查看', 'look at it')}</a></li>`;
  const items = [
    byId(t('上级事件：', 'Behind:'), summary.parentId),
    byId(t('此前的事件：', 'Follows:'), summary.followsId),
    byId(t('重复于：', 'Duplicate of:'), incident.cancellation?.of),
    ...children.map((one) => line(t('下级事件：', 'Caused by this:'), one)),
    ...followers.map((one) => line(t('后续事件：', 'Followed by:'), one)),
  ].filter((one) => one !== false && one !== undefined);
  return items.length > 0 && html`<h2>${t('相关事件', 'Related incidents')}</h2><ul>${items}</ul>`;
}

/** What was sent to whom. Messages of the centre's own targets are the centre's business. */
async function told({ notifications, targets, database }: AppDeps, view: View, summary: IncidentSummary, { zone }: Place): Promise<Part> {
  const { t } = view;
  const subscription = await subscribing(view, database.db, summary);
  const isCentre = view.may('incident.internal');
  if (!isCentre && !view.may('target.read')) return html`<h2>${t('通知', 'Notifications')}</h2>${subscription}`;
  const seen = isCentre ? 'all' : view.visibility;
  const list = await notifications.list(seen, { incidentId: summary.id, limit: MOST_MESSAGES });
  const names = new Map((await targets.list(seen)).map(({ id, name, kind }) => [id, `${name} (${kind})`]));
  const rows = list.map(
    (one) =>
      html`<tr><td class="t">${view.time(one.sentAt ?? one.nextAt, zone)}</td><td>${one.message.recipient ?? names.get(one.targetId)}<small>${one.message.recipient !== undefined && names.get(one.targetId)} ${one.message.topic}</small></td><td>${stateOf(view, one)}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? html`<p class="muted">${
          isCentre
            ? t('没有发出任何消息：没有匹配的通知路由。', 'Nothing was sent: no route matches.')
            : t('没有消息发往贵方的通知目标；支持中心自己的通知不在此列出。', 'Nothing was sent to targets of yours; what the support centre sends to itself is not listed here.')
        }</p>`
      : html`<div class="scroll"><table><thead><tr><th>${t('时间', 'When')}</th><th>${t('发给', 'To')}</th><th>${t('状态', 'State')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return html`<h2>${t('通知', 'Notifications')}<small>${list.length}</small></h2>${table}${subscription}`;
}
function stateOf({ t }: View, { state, error, attempts }: Notification): Part {
  if (state === 'sent') return html`<span class="ok">✓ ${t('已送出', 'sent')}</span>`;
  if (state === 'dead') return html`<span class="mark critical">■ ${t('已放弃', 'given up')}</span>${error && html`<small>${error}</small>`}`;
  return html`${state === 'pending' ? t('等待发送', 'waiting') : state}${attempts > 0 && html`<small>${t(`已尝试 ${attempts} 次`, `${attempts} tries`)}</small>`}`;
}
async function subscribing(view: View, db: AppDeps['database']['db'], { id, number }: IncidentSummary): Promise<Part> {
  const email = (await userById(db, view.person.userId))?.email;
  if (!email) return undefined;
  const isOn = (await subscribersOf(db, id)).includes(email);
  return form(
    view,
    `/incidents/${number}/${isOn ? 'unsubscribe' : 'subscribe'}`,
    NOTHING,
    isOn ? view.t('不再把更新发给我', 'Stop sending me updates') : view.t('把每次更新发到我的邮箱', 'Send me every update'),
    { plain: true },
  );
}
