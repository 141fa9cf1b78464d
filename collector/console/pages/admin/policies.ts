/** /admin/policies: what a support policy says, tier by tier, and what the last month would have looked like under it. */
import { z } from 'zod';
import type { Text } from '../../../../agent/wire/vocabulary.ts';
import { formatDuration, plural } from '../../../../reports/format.ts';
import { html, type Markup, type Part } from '../../../../reports/renderers/markup.ts';
import { AppError, notFound } from '../../../errors.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { Id } from '../../../http/values.ts';
import { CLOCK_WORDS } from '../../../notify/terms.ts';
import { readDate } from '../../../reports/periods.ts';
import { CLOCKS, type ClockState } from '../../../support/clock.ts';
import { aimOf, type Goal } from '../../../support/goal.ts';
import type { Policy } from '../../../support/policy.ts';
import { PolicyError } from '../../../support/policy-error.ts';
import { type Simulation, simulate } from '../../../support/questions.ts';
import { termsOf } from '../../../support/terms.ts';
import { link } from '../../html.ts';
import { addPage } from '../../page.ts';
import { disclosure, field, select } from '../../parts/forms.ts';
import { incidentPath } from '../../parts/incident-rows.ts';
import { customerChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { CLOCK_STATE_WORDS } from '../../words/incident-words.ts';
import { termsChoices } from './customers.ts';
import { adminPage } from './frame.ts';

const PolicyId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const Terms = z.string().regex(/^[a-z0-9-]{1,40}\/[a-z0-9-]{1,40}@\d{1,4}$/);
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const DAY_MS = 86_400_000;
const MOST = 200;

export function policyPages(api: Api, deps: AppDeps): void {
  const { policies } = deps;
  addPage(api, { path: '/admin/policies', id: 'policiesPage', summary: 'Page of support policies', permission: 'policy.read' }, async (view) => {
    const { t, locale } = view;
    const rows = policies.all.map(
      ({ id, version, name, source, tiers }) =>
        html`<tr data-row><td class="name"><a href="${link(`/admin/policies/${id}`, { version })}">${name[locale]}</a><small><code>${id}@${version}</code></small></td><td>${Object.values(
          tiers,
        )
          .map(({ name: tier }) => tier[locale])
          .join(t('、', ', '))}</td><td>${source.document}</td></tr>`,
    );
    return adminPage(
      view,
      'policies',
      t('支持策略', 'Support policies'),
      html`<div class="scroll"><table><thead><tr><th>${t('策略', 'Policy')}</th><th>${t('级别', 'Tiers')}</th><th>${t('来源文件', 'Document')}</th></tr></thead><tbody>${rows}</tbody></table></div>`,
      {
        actions: html`<a class="button second" href="/admin/calendar">${t('节假日', 'Holidays')}</a>${view.may('policy.simulate') && html`<a class="button second" href="/admin/policies/simulate">${t('模拟', 'Simulate')}</a>`}`,
      },
    );
  });
  simulatePage(api, deps);
  addPage(
    api,
    {
      path: '/admin/policies/:id',
      id: 'policyPage',
      summary: 'Page of a support policy',
      permission: 'policy.read',
      params: z.strictObject({ id: PolicyId }),
      query: { version: z.coerce.number().int().min(1).max(9_999).optional() },
    },
    async (view, { params, query }) => {
      const policy = policies.find(params.id, query.version);
      if (!policy) throw notFound('policy');
      return adminPage(view, 'policies', policy.name[view.locale], policyContent(view, policy), {
        trail: [[view.t('支持策略', 'Support policies'), '/admin/policies']],
        about: html`<code>${policy.id}@${policy.version}</code><span>${policy.source.document}</span>`,
      });
    },
  );
}

function goalWords({ t, locale }: View, goal: Goal): string {
  const aim = aimOf(goal);
  if (!aim) return t('合同未规定', 'none in the contract');
  return aim.unit === 'working-days' ? t(`${aim.amount} 个工作日`, `${aim.amount} working days`) : formatDuration(aim.amount / 1_000, locale);
}
function policyContent(view: View, policy: Policy): Markup {
  const { t, locale } = view;
  const used = CLOCKS.filter(
    (clock) =>
      Object.values(policy.tiers).some(({ levels }) => Object.values(levels).some((rule) => rule.clocks[clock] !== undefined)) || policy.clocks.some((one) => one.clock === clock),
  );
  const tiers = Object.entries(policy.tiers).map(([id, { name, levels, services = [] }]) => {
    const rows = policy.levels.map(({ level, label }) => {
      const own = levels[String(level) as keyof typeof levels];
      return html`<tr><th scope="row">${label[locale]}</th>${used.map((clock) => {
        const rule = own?.clocks[clock] ?? policy.clocks.find((one) => one.clock === clock && one.levels.some((each) => each === level));
        return html`<td>${rule && html`${goalWords(view, rule.goal)}<small>${policy.coverages[rule.coverage]?.label[locale] ?? rule.coverage}</small>`}</td>`;
      })}</tr>`;
    });
    const included = services.filter((one) => one.included).map((one) => html`<li>${one.text[locale]}</li>`);
    return html`<h2>${name[locale]}<small><code>${id}</code></small></h2><div class="scroll"><table><thead><tr><th>${t('级别', 'Level')}</th>${used.map((clock) => html`<th>${CLOCK_WORDS[clock]?.[locale] ?? clock}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${included.length > 0 && disclosure(t('包含的服务', 'Services included'), html`<ul>${included}</ul>`)}`;
  });
  const definitions = policy.levels.map(({ label, definition }) => html`<dt>${label[locale]}</dt><dd>${definition[locale]}</dd>`);
  const list = (title: string, texts: readonly Text[]): Part =>
    texts.length > 0 && disclosure(`${title} · ${texts.length}`, html`<ul>${texts.map((text) => html`<li>${text[locale]}</li>`)}</ul>`);
  const raw = JSON.stringify(policy, undefined, 2);
  return html`${tiers}<h2>${t('级别的定义', 'What the levels mean')}</h2><dl class="facts">${definitions}</dl>${list(t('不包含', 'Not included'), policy.exclusions)}${list(
    t('其他期限', 'Other times'),
    policy.periods.map(({ text }) => text),
  )}${disclosure(t('完整内容（与文件一致）', 'In full, as its file says'), html`<pre tabindex="0"><code>${raw}</code></pre>`)}`;
}

function simulatePage(api: Api, deps: AppDeps): void {
  const { policies, incidents, database, rules } = deps;
  addPage(
    api,
    {
      path: '/admin/policies/simulate',
      id: 'simulatePage',
      summary: "Page of a customer's past incidents under another policy",
      permission: 'policy.simulate',
      query: { customer: chosen(Id), terms: chosen(Terms), from: chosen(z.iso.date()), to: chosen(z.iso.date()) },
    },
    async (view, { query }) => {
      const { t, now } = view;
      const customers = await customerChoices(deps, view.visibility);
      const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
      const content = html`<form method="get" action="/admin/policies/simulate" class="grid">${select(t('客户', 'Customer'), 'customer', customers, query.customer, { required: true })}<div class="pair">${select(t('假如按此策略', 'Under this policy'), 'terms', termsChoices(deps, view), query.terms, { required: true })}</div>${field(t('从', 'From'), 'from', { type: 'date', required: true, value: query.from ?? day(now - 30 * DAY_MS) })}${field(t('至（含当日）', 'To, that day included'), 'to', { type: 'date', required: true, value: query.to ?? day(now) })}<button>${t('模拟', 'Simulate')}</button></form>`;
      const page = (result: Part) =>
        adminPage(view, 'policies', t('过去的事件若按另一策略', 'Past incidents under another policy'), html`${content}${result}`, {
          trail: [[t('支持策略', 'Support policies'), '/admin/policies']],
        });
      const { customer, terms: ref, from, to } = query;
      if (customer === undefined || ref === undefined || from === undefined || to === undefined) return page(undefined);
      const { zone } = await deps.fleet.customer(view.visibility, customer);
      const [begin, end] = [readDate(from, zone) ?? 0, (readDate(to, zone) ?? now) + DAY_MS];
      const found = await incidents.list(view.visibility, { customerId: customer, openedFrom: begin, openedBefore: end }, { now, limit: MOST });
      const simulation = await simulate(termsFor(ref, zone), database.db, found.items, now, async (one) => (await rules.termsFor(database.db, one)).terms);
      const more = found.next !== undefined && html`<small>${t(`只取最近 ${MOST} 个`, `the newest ${MOST} only`)}</small>`;
      return page(html`<h2>${t(`${simulation.results.length} 个事件`, plural(simulation.results.length, 'incident'))}${more}</h2>${comparison(view, simulation, zone)}`);
    },
  );
  function termsFor(ref: string, zone: string): ReturnType<typeof termsOf> {
    const [policyId = '', tier = '', version = ''] = ref.split(/[/@]/);
    try {
      return termsOf(policies, { policyId, tier, version: Number(version), zone });
    } catch (error) {
      if (error instanceof PolicyError) throw new AppError('invalid', 'there is no such policy', { details: { field: 'terms' }, cause: error });
      throw error;
    }
  }
}

/** What would have been beside what was, clock by clock; those that differ say so. */
function comparison(view: View, { totals, reallyTotals, results }: Simulation, zone: string): Part {
  const { t, locale } = view;
  const figures = (sums: Readonly<Record<string, number>>): Markup =>
    html`<dl class="figures">${Object.entries(sums).map(([state, count]) => html`<div><dt>${CLOCK_STATE_WORDS[state as ClockState['state']]?.[locale] ?? state}</dt><dd>${count}</dd></div>`)}</dl>`;
  const cells = (one: ClockState | undefined): Markup =>
    one === undefined
      ? html`<td class="muted">—</td><td></td>`
      : html`<td class="${one.state === 'breached' ? 'critical' : one.state === 'met' ? 'ok' : ''}">${CLOCK_STATE_WORDS[one.state][locale]}</td><td class="t">${one.dueAt !== undefined && view.time(one.dueAt, zone)}</td>`;
  const rows = results.flatMap(({ number, clocks, really }) =>
    pairsOf(really, clocks).map(([was, would]) => {
      const { clock, cycle } = (was ?? would) as ClockState; // one of the two is there
      const name = `${CLOCK_WORDS[clock]?.[locale] ?? clock}${cycle > 1 ? ` ${cycle}` : ''}`;
      return html`<tr><td class="n"><a href="${incidentPath({ number })}">#${number}</a></td><td>${name}</td>${cells(was)}${cells(would)}<td>${was?.state !== would?.state && html`<span class="mark warning">▲ ${t('不同', 'differs')}</span>`}</td></tr>`;
    }),
  );
  const [state, due] = [t('状态', 'State'), t('到期', 'Due')];
  return html`<div class="columns"><section><h3>${t('实际', 'What happened')}</h3>${figures(reallyTotals)}</section><section><h3>${t('假如按此策略', 'Under this policy')}</h3>${figures(totals)}</section></div><div class="scroll"><table><thead><tr><th rowspan="2" class="n">#</th><th rowspan="2">${t('时限', 'Clock')}</th><th colspan="2" scope="colgroup">${t('实际', 'What happened')}</th><th colspan="2" scope="colgroup">${t('假如按此策略', 'Under this policy')}</th><th rowspan="2"><span class="hidden">${t('不同', 'Differs')}</span></th></tr><tr><th>${state}</th><th>${due}</th><th>${state}</th><th>${due}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
/** The same clock under both; either may lack it. */
function pairsOf(
  really: readonly ClockState[],
  would: readonly ClockState[],
): readonly (readonly [ClockState | undefined, ClockState] | readonly [ClockState, ClockState | undefined])[] {
  const key = ({ clock, cycle }: ClockState): string => `${clock} ${cycle}`;
  const was = new Map(really.map((one) => [key(one), one]));
  const left = new Set(would.map(key));
  return [...would.map((one) => [was.get(key(one)), one] as const), ...really.filter((one) => !left.has(key(one))).map((one) => [one, undefined] as const)];
}
