/** Every table of the five public documents, row by row: what the policies say is what the documents say. */
import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../../agent/wire/check-ids.ts';
import type { Level } from '../../../collector/incidents/event.ts';
import type { ClockName } from '../../../collector/support/clock.ts';
import { levelFor } from '../../../collector/support/level.ts';
import { loadPolicies } from '../../../collector/support/policies.ts';
import { reach } from '../../../collector/support/progress.ts';
import { termsOf } from '../../../collector/support/terms.ts';

const POLICIES = loadPolicies();
const terms = (policyId: string, tier: string, zone = 'Asia/Shanghai') => termsOf(POLICIES, { policyId, tier, zone });
const policy = (id: string) => {
  const found = POLICIES.find(id);
  if (!found) throw new Error(id);
  return found;
};
/** Due time in Beijing of a clock that starts on Friday 2026-11-27 16:00. */
function due(policyId: string, tier: string, level: number, clock: ClockName = 'respond', at = '2026-11-27T16:00:00+08:00'): string | undefined {
  const rule = terms(policyId, tier).levels.get(level as Level)?.clocks[clock];
  if (!rule?.aim) return undefined;
  const [end] = reach({ calendar: rule.calendar, unit: rule.aim.unit, from: Date.parse(at), pauses: [] }, [rule.aim.amount]).at;
  return end === undefined ? undefined : new Date(end + 8 * 3_600_000).toISOString().slice(0, 16);
}
const clause = (policyId: string, tier: string, level: number): string | undefined => terms(policyId, tier).levels.get(level as Level)?.clocks.respond?.clause;

describe('DaoCloud 产品支持政策', () => {
  it.each([
    // tier, level, cell, due when it starts on Friday 16:00, channels
    ['standard', 1, '四小时 7*24', '2026-11-27T20:00', ['service-desk', 'phone', 'remote']],
    ['standard', 2, '八小时 5*9 (8:00 - 18:00)', '2026-11-30T14:00', ['service-desk', 'phone', 'remote']],
    ['standard', 3, '二个工作日 5*9 (8:00 - 18:00)', '2026-12-01T16:00', ['service-desk', 'phone', 'remote']],
    ['standard', 4, '四个工作日 5*9 (8:00 - 18:00)', '2026-12-03T16:00', ['service-desk', 'phone', 'remote']],
    ['standard', 5, '无', undefined, ['service-desk', 'phone', 'remote']],
    ['advanced', 1, '二小时 7*24', '2026-11-27T18:00', ['service-desk', 'phone', 'remote', 'on-site']],
    ['advanced', 2, '四小时 7*24', '2026-11-27T20:00', ['service-desk', 'phone', 'remote', 'on-site']],
    ['advanced', 3, '一个工作日 5*9 (8:00 - 18:00)', '2026-11-30T16:00', ['service-desk', 'phone', 'remote']],
    ['advanced', 4, '二个工作日 5*9 (8:00 - 18:00)', '2026-12-01T16:00', ['service-desk', 'phone', 'remote']],
    ['advanced', 5, '定期探讨', undefined, ['service-desk', 'phone', 'remote']],
    ['professional', 1, '一小时 7*24', '2026-11-27T17:00', ['service-desk', 'phone', 'remote', 'on-site']],
    ['professional', 2, '二小时 7*24', '2026-11-27T18:00', ['service-desk', 'phone', 'remote', 'on-site']],
    ['professional', 3, '四小时 5*9 (8:00 - 18:00)', '2026-11-30T10:00', ['service-desk', 'phone', 'remote', 'on-site']],
    ['professional', 4, '一个工作日 5*9 (8:00 - 18:00)', '2026-11-30T16:00', ['service-desk', 'phone', 'remote', 'on-site']],
    ['professional', 5, '每月探讨', undefined, ['service-desk', 'phone', 'remote', 'on-site']],
  ] as const)('%s level %i: %s', (tier, level, cell, end, channels) => {
    expect(clause('daocloud', tier, level)).toBe(cell);
    expect(due('daocloud', tier, level)).toBe(end);
    expect(terms('daocloud', tier).levels.get(level)?.channels).toEqual(channels);
  });
  it.each([
    [1, '1 级', '生产灾害性事故'],
    [2, '2 级', '影响严重性事故'],
    [3, '3 级', '影响一般性事故'],
    [4, '4 级', '操作使用配置问题'],
    [5, '5 级', '优化和改进建议'],
  ] as const)('level %i is called %s %s and defined', (level, label, type) => {
    const found = policy('daocloud').levels.find((one) => one.level === level);
    expect([found?.label.zh, found?.type?.zh]).toEqual([label, type]);
    expect(found?.definition.zh.length).toBeGreaterThan(20);
  });
  it.each([
    ['DCE 5.y', '2025-10-30', '2027-10-30', '2029-10-30', '2029-10-30'],
    ['DCE 4.y', '2023-03-30', '2025-03-30', '2027-03-30', '2027-03-30'],
    ['DCE 3.y', '2021-07-30', '2023-07-30', '2025-07-30', '2025-07-30'],
  ])('%s: lifecycle', (product, EOP, EOM, EOFS, EOS) => {
    expect(policy('daocloud').lifecycle.find((one) => one.product === product)?.dates).toEqual({ EOP, EOM, EOFS, EOS });
  });
  it('escalates level 1 at once to the duty manager and the customer representative, with hourly status', () => {
    const { escalation, status, access, closing, mapping, administrators, periods } = policy('daocloud');
    expect(escalation).toMatchObject([{ step: 1, levels: [1], after: 'PT0M', to: ['duty-manager', 'customer-representative'] }]);
    expect(status?.levels).toEqual([1]);
    expect(due('daocloud', 'standard', 1, 'update')).toBe('2026-11-27T17:00');
    expect(access).toMatchObject({ from: 1, to: 2, requiredFor: [1, 2] });
    expect(closing).toMatchObject({ solution: { days: 14, closure: 'transferred' }, visibleYears: 2 });
    expect(closing.information).toMatchObject([
      { levels: [3], days: 7, closure: 'cancelled-by-customer' },
      { levels: [4], days: 14, closure: 'cancelled-by-customer' },
    ]);
    expect(mapping).toMatchObject({ problem: 4, outageBeyondChange: 1 });
    expect(administrators).toMatchObject({ primary: 1, backup: 1 });
    const lengths = Object.fromEntries(periods.map(({ id, length }) => [id, length]));
    expect(lengths).toMatchObject({
      'change-notice': { days: 28 },
      'move-notice': { days: 30 },
      'fault-notification': { hours: 24 },
      'extended-maintenance': { years: 2 },
      'extended-maintenance-step': { years: 1 },
    });
  });
  it.each([1, 2, 3, 4, 5] as const)('level %i: every fault and alert is notified within 24 hours', (level) => {
    expect(due('daocloud', 'standard', level, 'notify')).toBe('2026-11-28T16:00');
  });
  it('counts coverage in local time of the customer site', () => {
    expect(terms('daocloud', 'standard', 'America/New_York').levels.get(2)?.clocks.respond?.calendar.spec.zone).toBe('America/New_York');
  });
});

describe('超聚变第三方 OS 技术支持服务', () => {
  it.each([
    [1, 'P1', '2026-11-27T16:30'],
    [2, 'P2', '2026-11-27T17:00'],
    [3, 'P3', '2026-11-27T18:00'],
    [4, 'P4', '2026-11-30T16:00'],
  ])('level %i (%s) is due %s', (level, label, end) => {
    expect(due('xfusion', 'standard', level)).toBe(end);
    expect(policy('xfusion').levels.find((one) => one.level === level)?.label.zh).toBe(label);
  });
  it('answers P4 of a Saturday by the end of Monday, and P1 of a Saturday in half an hour', () => {
    expect(due('xfusion', 'standard', 4, 'respond', '2026-11-28T10:00:00+08:00')).toBe('2026-12-01T00:00');
    expect(due('xfusion', 'standard', 1, 'respond', '2026-11-28T10:00:00+08:00')).toBe('2026-11-28T10:30');
  });
  it('covers the two releases, and shares the work as the document says', () => {
    expect(policy('xfusion').lifecycle.map(({ product, note }) => `${product} ${note?.zh ?? ''}`)).toEqual([
      'openEuler 22.03 LTS 5.10 内核，SP 1、2、3…',
      'openEuler 20.03 LTS 4.19 内核，SP 1、2、3…',
    ]);
    expect(policy('xfusion').responsibilities.map(({ vendor = '-', customer = '-' }) => vendor + customer)).toEqual(['R-', 'RS', 'R-', 'SR', '-R', 'RS', 'RS', 'RS', 'SR', '-R']);
  });
});

describe('东方通标准技术支持服务', () => {
  it.each([
    // response, first call-back and action plan; the clock starts on Wednesday 2026-11-25 10:00
    [1, '一级', '2026-11-25T12:00', '2026-11-25T11:00', '2026-11-25T12:00'],
    [2, '二级', '2026-11-25T14:00', '2026-11-25T12:00', '2026-11-25T14:00'],
    [3, '三级', '2026-11-25T18:00', '2026-11-25T14:00', '2026-11-26T10:00'],
    [4, '四级', '2026-12-02T13:00', '2026-11-25T18:00', '2026-11-27T10:00'],
  ])('level %i (%s)', (level, label, respond, callBack, plan) => {
    expect(policy('tongtech').levels.find((one) => one.level === level)?.label.zh).toBe(label);
    const at = '2026-11-25T10:00:00+08:00';
    expect([due('tongtech', 'standard', level, 'respond', at), due('tongtech', 'standard', level, 'call-back', at), due('tongtech', 'standard', level, 'action-plan', at)]).toEqual(
      [respond, callBack, plan],
    );
  });
  it('measures call-back and action plan from the response', () => {
    const { clocks } = terms('tongtech', 'standard').levels.get(1) ?? {};
    expect(clocks?.['call-back']?.start).toContain('first-contact');
    expect(clocks?.['action-plan']?.start).toContain('first-contact');
  });
  it('keeps Beijing time wherever the site is', () => {
    expect(terms('tongtech', 'standard', 'America/New_York').levels.get(1)?.clocks.respond?.calendar.spec.zone).toBe('Asia/Shanghai');
  });
  it.each([
    [1, '2026-11-28T22:00'],
    [2, '2026-11-29T00:00'],
    [3, '2026-11-30T17:00'],
  ])('level %i counts booked hours outside the standard time only where appointments are offered', (level, end) => {
    const booked = termsOf(POLICIES, {
      policyId: 'tongtech',
      tier: 'standard',
      zone: 'Asia/Shanghai',
      calendarOverrides: { appointments: [{ from: '2026-11-28T20:00:00+08:00', to: '2026-11-29T06:00:00+08:00' }] },
    });
    const rule = booked.levels.get(level as Level)?.clocks.respond;
    if (!rule?.aim) throw new Error('no goal');
    const at = reach({ calendar: rule.calendar, unit: rule.aim.unit, from: Date.parse('2026-11-28T10:00:00+08:00'), pauses: [] }, [rule.aim.amount]).at[0];
    expect(new Date((at ?? 0) + 8 * 3_600_000).toISOString().slice(0, 16)).toBe(end);
  });
  it('inspects every half year, on a single host only by remote access', () => {
    const services = policy('tongtech').tiers['standard']?.services ?? [];
    expect(services.find(({ id }) => id === 'inspection')?.every).toBe('half-year');
    expect(services.find(({ id }) => id === 'remote-inspection-single-host')?.clause).toContain('单一宿主机');
  });
});

describe('阿里云运维服务', () => {
  it.each([
    // tier, 运维服务时间, 响应SLA and 故障救援 on Friday 16:58, 资源巡检, 服务报告, 变更支持
    ['onsite-5x8', '工作日9:00~17:00', '2026-11-30T09:03', '2026-11-30T09:03', 'workday', 'month', true],
    ['remote-5x8', '工作日9:00~17:00', '2026-11-30T09:08', '2026-11-30T09:03', 'workday', 'month', false],
    ['remote-7x24', '每天0:00~23:59', '2026-11-27T17:08', '2026-11-27T17:03', 'day', 'week', false],
  ] as const)('%s: %s', (tier, hours, respond, rescue, inspection, report, change) => {
    const at = '2026-11-27T16:58:00+08:00';
    for (const level of [1, 2, 3, 4] as const) {
      expect(due('alibaba', tier, level, 'respond', at)).toBe(respond);
      expect(terms('alibaba', tier).levels.get(level)?.clocks.respond?.coverage.zh).toBe(hours);
    }
    for (const level of [1, 2] as const) expect(due('alibaba', tier, level, 'rescue', at)).toBe(rescue);
    const services = policy('alibaba').tiers[tier]?.services ?? [];
    const service = (id: string) => services.find((one) => one.id === id);
    expect([service('inspection')?.every, service('report')?.every, service('change')?.included]).toEqual([inspection, report, change]);
    expect(services.filter(({ included }) => included)).toHaveLength(change ? 11 : 10);
  });
  it.each([
    ['application', { days: 15 }],
    ['onsite-application', { workingDays: 2 }],
    ['report-confirmation', { days: 7 }],
    ['acceptance', { days: 7 }],
    ['expert-application', { workingDays: 10 }],
    ['expert-plan-confirmation', { workingDays: 5 }],
    ['expert-solution', { months: 1 }],
    ['expert-resources', { months: 1 }],
  ])('%s takes %j', (id, length) => {
    expect(policy('alibaba').periods.find((one) => one.id === id)?.length).toEqual(length);
  });
});

describe('levels', () => {
  it.each([
    ['critical', 'node-not-ready', 'incident', undefined, 2],
    ['warning', 'node-not-ready', 'incident', undefined, 3],
    ['info', 'node-not-ready', 'incident', undefined, 4],
    ['critical', 'control-plane-api-not-live', 'incident', undefined, 1],
    ['critical', 'control-plane-api-not-live', 'problem', undefined, 4],
    ['critical', 'node-not-ready', 'incident', 'beyond', 1],
    ['critical', 'node-not-ready', 'incident', 'within', 2],
    ['warning', 'node-not-ready', 'incident', 'beyond', 3],
  ] as const)('%s %s as %s, planned change: %s, is level %i', (severity, rule, incidentKind, duringPlannedChange, level) => {
    expect(levelFor(terms('daocloud', 'advanced'), { severity, rule, incidentKind, duringPlannedChange })).toBe(level);
  });
  it('names only checks that exist', () => {
    const known = new Set<string>(CHECK_IDS);
    const named = POLICIES.all.flatMap(({ mapping }) => mapping.rules.flatMap(({ rules }) => rules)).filter((rule) => rule.includes('-'));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((rule) => !known.has(rule))).toEqual([]);
  });
});
