/** One finding: what, why it matters, evidence over time, what to do, where the rule is from, and whether somebody answers for it. */
import { z } from 'zod';
import { type Locale, UNITS } from '../../../agent/wire/vocabulary.ts';
import type { ChartSpec } from '../../../reports/charts/spec.ts';
import { formatDuration, formatNumber } from '../../../reports/format.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { rolesWords } from '../../../reports/role-words.ts';
import { sourceWords } from '../../../reports/source-words.ts';
import { SEVERITY_MARKS, verdictWords } from '../../../reports/words.ts';
import { AppError, notFound } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id, line, paragraphs } from '../../http/values.ts';
import { clusterState } from '../../inspections/cluster-state.ts';
import { type FindingPoint, findingHistory } from '../../inspections/finding-history.ts';
import { readDate } from '../../reports/periods.ts';
import { findFinding } from '../../store/finding-list.ts';
import type { StoredFinding } from '../../store/finding-store.ts';
import type { IncidentSummary } from '../../store/incident-list.ts';
import { listRisks, type StoredRisk } from '../../store/risk-store.ts';
import { link, NOTHING } from '../html.ts';
import { addForm, addPage } from '../page.ts';
import { figure } from '../parts/charts.ts';
import { disclosure, field, form, textarea } from '../parts/forms.ts';
import { incidentPath } from '../parts/incident-rows.ts';
import { incidentState, severityMark } from '../parts/marks.ts';
import { remedyMarkup } from '../parts/remedy.ts';
import { scopeWords } from '../parts/scope.ts';
import type { View } from '../view.ts';
import { type ClusterFrame, clusterPage, frameOf } from './cluster-frame.ts';
import { titleOfArea } from './clusters.ts';
import { findingPath, valueWords } from './finding-rows.ts';

const Identity = z.string().regex(/^[0-9a-f]{64}$/);
const Params = z.strictObject({ id: Id, identity: Identity });
const Accept = z.strictObject({ owner: line(120), reason: paragraphs(2_000), expires: z.iso.date() });
const DAY_MS = 86_400_000;

export function findingPages(api: Api, deps: AppDeps): void {
  addPage(
    api,
    { path: '/clusters/:id/findings/:identity', id: 'findingPage', summary: 'Page of a finding', permission: 'finding.read', params: Params },
    async (view, { params: { id, identity } }) => {
      const frame = await frameOf(deps, view, id);
      const finding = await findFinding(deps.database.db, view.visibility, id, identity);
      if (!finding) throw notFound('finding');
      const title = deps.checkTexts(finding.check)?.title[view.locale] ?? finding.check;
      const page = clusterPage(view, frame, 'findings', await content(deps, view, frame, finding), title);
      return {
        ...page,
        trail: [...(page.trail ?? []), [view.t('问题', 'Findings'), `/clusters/${id}/findings`]],
        about: html`${severityMark(view, finding.severity)}<span>${breakable(scopeWords(finding.scope, view.locale))}</span><span>${titleOfArea(view, finding.area)}</span>`,
      };
    },
  );
  addForm(
    api,
    {
      path: '/clusters/:id/findings/:identity/accept',
      id: 'acceptRiskForm',
      summary: 'Form to accept the risk of a finding',
      permission: 'risk.write',
      params: Params,
      body: Accept,
    },
    ({ params }) => findingPath({ clusterId: params.id, identity: params.identity }),
    async ({ caller, params, body, now }, view) => {
      const { zone } = await deps.fleet
        .cluster(view.visibility, params.id)
        .then(async (cluster) => ({ zone: cluster.zone ?? (await deps.fleet.customer(view.visibility, cluster.customerId)).zone }));
      const day = readDate(body.expires, zone);
      if (day === undefined) throw new AppError('invalid', 'no such day', { details: { field: 'expires' } });
      // The day given is the last one of validity, at the site.
      await deps.risks.accept(caller, { clusterId: params.id, identity: params.identity, owner: body.owner, reason: body.reason, expiresAt: day + DAY_MS }, now);
      await refreshed(deps, view, params.id);
      return { to: findingPath({ clusterId: params.id, identity: params.identity }), say: 'accepted' };
    },
  );
  addForm(
    api,
    {
      path: '/risks/:id/withdraw',
      id: 'withdrawRiskForm',
      summary: 'Form to withdraw an accepted risk',
      permission: 'risk.write',
      params: z.strictObject({ id: Id }),
      body: z.strictObject({}),
    },
    () => '/findings?state=accepted',
    async ({ caller, params, now }, view) => {
      const risk = await deps.risks.withdraw(caller, params.id, now);
      await refreshed(deps, view, risk.clusterId);
      return { to: findingPath(risk), say: 'withdrawn' };
    },
  );
}
/** So that the overview tells of it too. */
async function refreshed({ database: { db }, assemble, version }: AppDeps, view: View, clusterId: string): Promise<void> {
  await clusterState({ db, assemble, version }, view.visibility, clusterId, view.now);
}

async function content(deps: AppDeps, view: View, { zone, state }: ClusterFrame, finding: StoredFinding): Promise<Markup> {
  const { t, locale, now, visibility } = view;
  const { db } = deps.database;
  const texts = deps.checkTexts(finding.check);
  const [history, risks, related] = await Promise.all([
    findingHistory(db, visibility, finding),
    listRisks(db, visibility, { clusterId: finding.clusterId, identity: finding.identity, limit: 20 }),
    deps.incidents.list(visibility, { clusterId: finding.clusterId, rule: finding.check }, { now, limit: 20 }),
  ]);
  const own = related.items.filter(({ scope }) => scope !== undefined && sameThing(scope, finding.scope));
  const lever = state?.model.score.levers.find(({ check }) => check === finding.check)?.points;
  const standing =
    finding.goneAt !== null
      ? t('已消除', 'gone')
      : finding.unknownSince !== null
        ? t('目前无法检查：既未确认仍在，也未确认消除', 'cannot be checked now: neither there nor gone')
        : t('仍然存在', 'still there');
  const facts: readonly (readonly [string, Part])[] = [
    [t('对象', 'Object'), breakable(scopeWords(finding.scope, locale))],
    [t('观测值', 'Observed'), valueWords(view, finding.observed, finding.unit, zone)],
    [t('阈值', 'Threshold'), valueWords(view, finding.threshold, finding.unit, zone)],
    ...(finding.askedBy ? [[t('要求方（主机角色）', 'Asked for by (roles of the machine)'), rolesWords(finding.askedBy, locale)] as const] : []),
    [t('状态', 'State'), standing],
    [t('首次发现', 'First seen'), html`${view.time(finding.firstSeenAt, zone)} <small class="site">${formatDuration((now - finding.firstSeenAt) / 1_000, locale)}</small>`],
    [t('最近一次', 'Last seen'), view.time(finding.lastSeenAt, zone)],
    ...(finding.goneAt === null ? [] : [[t('消除', 'Gone'), view.time(finding.goneAt, zone)] as const]),
  ];
  const matters = t(
    `这是${titleOfArea(view, finding.area)}领域的“${SEVERITY_MARKS[finding.severity].word.zh}”级问题。${lever === undefined ? '' : `解决该检查项的全部问题可使集群得分提高 ${formatNumber(lever)} 分。`}`,
    `A finding of severity "${SEVERITY_MARKS[finding.severity].word.en.toLowerCase()}" in the area ${titleOfArea(view, finding.area)}.${lever === undefined ? '' : ` Solving all findings of this check raises the cluster's score by ${formatNumber(lever)} points.`}`,
  );
  return html`<div class="columns"><section><h2>${t('是什么', 'What')}</h2><dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl><h2>${t('为何重要', 'Why it matters')}</h2>${texts && html`<p>${texts.why[locale]}</p>`}<p class="muted">${matters}</p></section>
<section><h2>${t('处置建议', 'Remedy')}</h2>${texts ? remedyMarkup(view, texts.remedy[locale], finding.scope) : html`<p class="muted">${t('此版本的检查目录中没有该检查项。', "This release's catalogue does not have this check.")}</p>`}${incidentLines(view, own)}</section></div>
<h2>${t('证据', 'Evidence over time')}</h2>${await evidence(view, finding, history, zone)}
<div class="columns"><section><h2>${t('规则与来源', 'Rule and source')}</h2><dl class="facts"><dt>${t('检查项', 'Check')}</dt><dd><a href="${link('/findings', { check: finding.check })}"><code>${finding.check}</code></a></dd><dt>${t('阈值来源', 'Source of the threshold')}</dt><dd>${sourceMarkup(texts?.source, locale) ?? t('检查目录', 'the catalogue of checks')}</dd><dt>${t('巡检代理', 'Agent')}</dt><dd><code>${finding.agent}</code></dd></dl></section>
<section><h2>${t('接受该风险', 'Accept the risk')}</h2>${acceptance(view, finding, risks, zone)}</section></div>`;
}
/** What is cited, in the reader's language; the whole sentence is English. */
function sourceMarkup(source: string | undefined, locale: Locale): Part {
  const words = sourceWords(source, locale);
  return words === source ? source : html`${words} <small class="site" lang="en">${source}</small>`;
}
function sameThing(one: StoredFinding['scope'], other: StoredFinding['scope']): boolean {
  return one.kind === other.kind && one.name === other.name && one.node === other.node && one.namespace === other.namespace;
}
function incidentLines(view: View, items: readonly IncidentSummary[]): Part {
  if (items.length === 0) return undefined;
  return html`<h2>${view.t('相关事件', 'Incidents')}</h2><ul>${items.map((one) => html`<li><a href="${incidentPath(one)}">#${one.number}</a> ${incidentState(view, one)}</li>`)}</ul>`;
}

async function evidence(view: View, finding: StoredFinding, points: readonly FindingPoint[], zone: string): Promise<Part> {
  const { t } = view;
  if (points.length === 0)
    return html`<p class="muted">${t('原始巡检数据已超过保留期，只留下上面的观测值。', 'The inspections behind it are past their retention; the values above are what is kept.')}</p>`;
  const numbers = points.map(({ observed }) => (typeof observed === 'number' && Number.isFinite(observed) ? observed : null));
  const known = numbers.filter((one) => one !== null);
  const limit = typeof finding.threshold === 'number' ? finding.threshold : undefined;
  const rows = points
    .toReversed()
    .map(
      ({ at, verdict, observed, threshold }) =>
        html`<tr><td class="t">${view.time(at, zone)}</td><td>${wordsOf(view, verdict, finding)}</td><td class="n">${verdict === 'fail' ? valueWords(view, observed, finding.unit, zone) : ''}</td><td class="n">${verdict === 'fail' ? valueWords(view, threshold, finding.unit, zone) : ''}</td></tr>`,
    );
  const table = html`<div class="scroll"><table><thead><tr><th>${t('巡检时间', 'Inspected')}</th><th>${t('结论', 'Verdict')}</th><th class="n">${t('观测值', 'Observed')}</th><th class="n">${t('阈值', 'Threshold')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  const isDrawable = known.length >= 2 && UNITS.some((one) => one === finding.unit && one !== 'unix-seconds');
  if (!isDrawable) return table;
  const top = Math.max(...known, limit ?? 0);
  const max = niceAbove(top);
  const last = known.at(-1) ?? 0;
  const spec: ChartSpec = {
    kind: 'line',
    title: t(
      `最近 ${points.length} 次巡检的观测值，最新为 ${valueWords(view, last, finding.unit, zone)}`,
      `Observed in the last ${points.length} inspections, newest ${valueWords(view, last, finding.unit, zone)}`,
    ),
    source: t('来源：保留的巡检记录；没有发现该问题的巡检留空', 'Source: inspections that are kept; those that did not find it are left out'),
    max,
    labels: points.map(({ at }) => view.clock(at, zone).slice(5, 16)),
    series: [{ name: t('观测值', 'observed'), values: numbers, tone: finding.severity }],
    ...(limit !== undefined && limit <= max && limit >= 0 && { limit: { value: limit, label: `${t('阈值', 'limit')} ${valueWords(view, limit, finding.unit, zone)}` } }),
  };
  return html`${await figure(spec)}${disclosure(t('全部数值', 'All values'), table)}`;
}
function wordsOf({ locale }: View, verdict: FindingPoint['verdict'], { severity }: StoredFinding): Markup {
  const { text, tone } = verdictWords(verdict, severity, locale);
  return html`<span class="${tone}">${text}</span>`;
}
/** End of an axis that is no odd number. */
function niceAbove(value: number): number {
  if (value <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((one) => one * step).find((one) => one >= value) ?? value;
}

function acceptance(view: View, finding: StoredFinding, risks: readonly StoredRisk[], zone: string): Markup {
  const { t, now } = view;
  const inForce = risks.find((one) => one.withdrawnAt === undefined && one.expiresAt > now);
  const past = risks.filter((one) => one !== inForce);
  const history =
    past.length === 0
      ? NOTHING
      : disclosure(
          t('以往的登记', 'Earlier ones'),
          html`<ul>${past.map((one) => html`<li>${one.owner}: ${one.reason} <small>${view.time(one.createdAt, zone)} – ${view.time(one.withdrawnAt ?? one.expiresAt, zone)}</small></li>`)}</ul>`,
        );
  const current =
    inForce &&
    html`<dl class="facts"><dt>${t('责任人', 'Owner')}</dt><dd>${inForce.owner}</dd><dt>${t('理由', 'Reason')}</dt><dd>${inForce.reason}</dd><dt>${t('有效至', 'Valid until')}</dt><dd>${view.time(inForce.expiresAt, zone)}</dd><dt>${t('登记', 'Recorded')}</dt><dd>${inForce.createdBy.name} ${view.time(inForce.createdAt, zone)}</dd></dl>`;
  if (!view.may('risk.write')) return html`${current ?? html`<p class="muted">${t('没有人登记接受该风险。', 'Nobody has accepted it.')}</p>`}${history}`;
  if (inForce)
    return html`${current}${form(view, `/risks/${inForce.id}/withdraw`, NOTHING, t('撤回', 'Withdraw'), { danger: true, confirm: t('撤回后该问题重新计入得分。', 'It counts again at once. Withdraw it?') })}${history}`;
  const inHalfYear = new Date(now + 180 * DAY_MS).toISOString().slice(0, 10);
  const fields = [
    field(t('责任人', 'Owner'), 'owner', { required: true, max: 120, value: view.person.name }),
    field(t('有效至（含当日）', 'Valid until, that day included'), 'expires', { type: 'date', required: true, value: inHalfYear }),
    textarea(t('理由', 'Reason'), 'reason', { required: true, max: 2_000 }),
  ];
  return html`<p class="muted">${t('登记后，该问题在到期前不计入得分，并列在报告的“已接受的风险”中；到期自动恢复。', 'Until it expires it costs no points and stands in reports as an accepted risk; then it counts again by itself.')}</p>${disclosure(t('接受该风险…', 'Accept the risk…'), form(view, `${findingPath(finding)}/accept`, fields, t('登记', 'Record'), { class: 'grid' }))}${history}`;
}
