import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BUNDLED_POLICIES, loadPolicies } from '../../../collector/support/policies.ts';
import { PolicyError } from '../../../collector/support/policy-error.ts';
import { faultLine, readPolicy } from '../../../collector/support/policy-file.ts';
import { termsOf } from '../../../collector/support/terms.ts';

const XFUSION = readFileSync(join(BUNDLED_POLICIES, 'xfusion.yaml'), 'utf8');
const DAOCLOUD = readFileSync(join(BUNDLED_POLICIES, 'daocloud.yaml'), 'utf8');
/** A change to a bundled file, and the line it is on. */
function changed(text: string, from: string, to: string): { text: string; line: number } {
  if (!text.includes(from)) throw new Error(`not there: ${from}`);
  return { text: text.replace(from, to), line: text.slice(0, text.indexOf(from)).split('\n').length };
}

describe('lint', () => {
  it('finds nothing wrong with the bundled policies', () => {
    expect(readPolicy(DAOCLOUD).faults).toEqual([]);
    expect(readPolicy(XFUSION).policy?.id).toBe('xfusion');
  });
  it.each([
    ['version: 1', 'version: one', 'version', 'a number', '应为数字'],
    ['version: 1', 'version: 0', 'version', 'more than 0', '必须大于 0'],
    ['holidays: statutory', 'zone: CST\n    holidays: statutory', 'coverages.business-days.zone', 'IANA time zone', '不用 CST'],
    ['id: xfusion', 'id: X Fusion', 'id', 'small letters', '小写字母'],
    ['goal: PT30M', 'goal: 30m', 'tiers.standard.levels.1.clocks.respond.goal', 'goal is PT4H', 'goal 为'],
    [
      'coverage: around-the-clock, clause: P1',
      'coverage: always, clause: P1',
      'tiers.standard.levels.1.clocks.respond.coverage',
      'no coverage is called always',
      '没有名为 always',
    ],
    ['visibleYears: 2', 'visibleYear: 2', 'closing.visibleYear', 'no such key', '没有这个键'],
    ['weekly: { workdays: ["00:00-24:00"] }', 'weekly: { workdays: ["18:00-08:00"] }', 'coverages.business-days.weekly.workdays.0', 'end after they begin', '晚于开始'],
    ['weekly: { workdays: ["00:00-24:00"] }', 'weekly: { workdays: ["08:00-12:00", "11:00-18:00"] }', 'coverages.business-days.weekly.workdays', 'must not overlap', '不能重叠'],
    ['weekly: { workdays: ["00:00-24:00"] }', 'weekly: {}', 'coverages.business-days.weekly', 'would never run', '永远不会走'],
    ['problem: 4', 'problem: 5', 'mapping.problem', 'level 5 is not defined', '没有定义'],
    ['after: PT0M', 'after: now', 'escalation.0.after', 'a duration like', '时长写作'],
  ])('%s → %s is a fault at its line, in both languages', (from, to, path, en, zh) => {
    const { text, line } = changed(XFUSION, from, to);
    const { policy, faults } = readPolicy(text);
    expect(policy).toBeUndefined();
    const found = faults.find((one) => one.path === path);
    expect(found, JSON.stringify(faults)).toMatchObject({ path });
    expect(found?.line).toBe(line);
    expect(found?.message.en).toContain(en);
    expect(found?.message.zh).toContain(zh);
    expect(faultLine('x.yaml', found ?? faults[0] ?? { path: '', message: { zh: '', en: '' } }, 'en')).toMatch(/^x\.yaml:\d+: [\w.-]+: /);
  });
  it.each([
    ['update', 'the update clock needs a goal', 'goal: PT1H', 'goal: none'],
    ['access', 'a higher number', '  from: 1\n  to: 2', '  from: 2\n  to: 1'],
    ['warnings', 'percentages must rise', '{ percent: 75, tell', '{ percent: 40, tell'],
    ['levels', 'is defined twice', 'level: 2\n', 'level: 1\n'],
  ])('%s: what only the whole file shows', (_name, message, from, to) => {
    expect(
      readPolicy(changed(DAOCLOUD, from, to).text)
        .faults.map((one) => one.message.en)
        .join('\n'),
    ).toContain(message);
  });
  it('refuses goals in working days where no day is one', () => {
    const { text } = changed(XFUSION, 'coverage: business-days', 'coverage: around-the-clock');
    expect(readPolicy(text).faults[0]?.message.en).toContain('working days');
  });
  it.each([
    ['', 'empty'],
    ['a: [1', 'not valid YAML'],
    ['a: 1\na: 2', 'not valid YAML'],
    ['- 1', 'no keys'],
    [`a: ${'x'.repeat(600_000)}`, 'larger than'],
    [`a: &a [1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]`, 'no keys'],
  ])('survives what is no policy (%#)', (text, word) => {
    const { policy, faults } = readPolicy(text);
    expect(policy).toBeUndefined();
    expect(faults.map((one) => one.message.en).join(' ')).toContain(word);
  });
});

describe('policies of the vendor', () => {
  const folderWith = (files: Record<string, string>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'policies-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  };
  it('add versions and ids; incidents keep the version they are pinned to', () => {
    const folder = folderWith({
      'xfusion-2.yaml': XFUSION.replace('version: 1', 'version: 2').replace('goal: PT30M', 'goal: PT15M'),
      'own.yaml': XFUSION.replace('id: xfusion', 'id: own'),
    });
    const policies = loadPolicies(folder);
    expect(policies.find('own')?.version).toBe(1);
    const goal = (version?: number) => termsOf(policies, { policyId: 'xfusion', tier: 'standard', version, zone: 'Asia/Shanghai' }).levels.get(1)?.clocks.respond?.aim?.amount;
    expect([goal(1), goal(2), goal()]).toEqual([30 * 60_000, 15 * 60_000, 15 * 60_000]);
  });
  it('cannot replace a published version', () => {
    expect(() => loadPolicies(folderWith({ 'x.yaml': XFUSION }))).toThrow('xfusion@1 exists already');
  });
  it('are refused with every fault of every file', () => {
    try {
      loadPolicies(folderWith({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1' }));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PolicyError);
      const faults = error instanceof PolicyError ? error.faults : [];
      expect(faults.some((line) => line.includes('a.yaml:1'))).toBe(true);
      expect(faults.some((line) => line.includes('b.yaml:1'))).toBe(true);
    }
    expect(() => loadPolicies('/no/such/folder')).toThrow('cannot be read');
  });
});

describe('a contract', () => {
  const POLICIES = loadPolicies();
  const request = { policyId: 'daocloud', tier: 'advanced', zone: 'Asia/Shanghai' };
  it('has a name to pin incidents to', () => {
    expect(termsOf(POLICIES, request).ref).toBe('daocloud/advanced@1');
  });
  it('changes times, hours, levels and closing rules for itself alone', () => {
    const terms = termsOf(POLICIES, {
      ...request,
      overrides: {
        coverages: { extended: { label: { zh: '延长', en: 'extended' }, weekly: { workdays: ['07:00-22:00'] }, holidays: 'statutory' } },
        levels: { 3: { clocks: { respond: { goal: 'PT4H', coverage: 'extended' }, resolve: { goal: { workingDays: 3 }, coverage: 'office-hours' } } } },
        mapping: { rules: [{ level: 1, rules: ['node-not-ready'] }] },
        closing: { solution: { days: 7, closure: 'transferred' } },
      },
    });
    const { respond, resolve } = terms.levels.get(3)?.clocks ?? {};
    expect([respond?.aim?.amount, respond?.coverage.en, resolve?.aim]).toEqual([4 * 3_600_000, 'extended', { unit: 'working-days', amount: 3 }]);
    expect(terms.policy.closing).toMatchObject({ solution: { days: 7 }, cleared: { days: 14 } });
    expect(termsOf(POLICIES, request).levels.get(3)?.clocks.respond?.aim).toEqual({ unit: 'working-days', amount: 1 });
  });
  it.each([
    [{ ...request, policyId: 'acme' }, 'no policy acme'],
    [{ ...request, version: 9 }, 'no policy daocloud@9'],
    [{ ...request, tier: 'gold' }, 'has no tier gold'],
    [{ ...request, tier: 'toString' }, 'has no tier toString'],
    [{ ...request, zone: 'Mars/Base' }, 'no time zone Mars/Base'],
    [{ ...request, overrides: { levels: { 3: { clocks: { respond: { goal: 'soon' } } } } } }, 'overrides.levels.3.clocks.respond.goal'],
    [{ ...request, overrides: { levels: { 3: { clocks: { respond: { coverage: 'never' } } } } } }, 'no coverage is called never'],
    [{ ...request, overrides: { levels: { 3: { clocks: { resolve: { goal: 'PT4H' } } } } } }, 'coverage'],
    [{ ...request, overrides: { price: 1 } }, 'price'],
    [{ ...request, calendarOverrides: { holidays: ['tomorrow'] } }, 'calendarOverrides.holidays.0'],
  ])('that does not fit is refused with its place (%#)', (wrong, word) => {
    expect(() => termsOf(POLICIES, wrong)).toThrow(PolicyError);
    expect(() => termsOf(POLICIES, wrong)).toThrow(word);
  });
  it('with hours in which its goals can never be reached is refused', () => {
    const holidays = Array.from({ length: 400 }, (_, index) => new Date(Date.UTC(2026, 0, 5) + index * 7 * 86_400_000).toISOString().slice(0, 10));
    const overrides = { coverages: { 'office-hours': { label: { zh: '周一', en: 'Mondays' }, weekly: { mon: ['09:00-10:00'] }, holidays: 'statutory' } } };
    expect(() => termsOf(POLICIES, { ...request, overrides, calendarOverrides: { region: 'none', holidays } })).toThrow('no covered time');
  });
});
