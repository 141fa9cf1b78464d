import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CHECKS } from '../../agent/checks/index.ts';
import { ConfigError, parseSiteConfig, parseSuppressions } from '../../agent/config.ts';
import { expectationOf } from '../../agent/wire/expectation.ts';
import { faultMessage } from '../../bin/terminal/messages.ts';

function faults(parse: () => unknown): readonly object[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}
const id = 'host-cpu-iowait-high';

describe('the site configuration', () => {
  it('has defaults, also for an empty file', () => {
    expect(parseSiteConfig('')).toMatchObject({ checks: {}, optOut: [], clearNames: [], sampleSeconds: 3 });
  });
  it('takes thresholds, scopes, severities, opt-outs', () => {
    const text = `
checks:
  ${id}: { severity: info, threshold: { warningPercent: 20 }, scopes: [{ match: { node: "db-*" }, threshold: { warningPercent: 40 } }] }
optOut: [security]
clearNames: [node]
`;
    expect(parseSiteConfig(text)).toMatchObject({ checks: { [id]: { severity: 'info', threshold: { warningPercent: 20 } } }, optOut: ['security'], clearNames: ['node'] });
  });
  it('tells faults of keys and of thresholds together', () => {
    const text = `checkz: {}\nchecks: { ${id}: { threshold: { warningPct: 3 } }, broken: 7 }`;
    expect(faults(() => parseSiteConfig(text))).toMatchObject([
      { path: 'checks.broken' },
      { path: 'checkz' },
      { path: `checks.${id}.threshold.warningPct`, problem: 'unknown-threshold' },
    ]);
  });
  it('tells every fault at once, with its place and what would be right', () => {
    const text = `
chekcs: {}
optOut: [secrets]
sampleSeconds: fast
checks:
  no-such-check: {}
`;
    expect(faults(() => parseSiteConfig(text))).toEqual(
      expect.arrayContaining([
        { path: 'chekcs', problem: 'unknown-key' },
        expect.objectContaining({ path: 'optOut.0', problem: 'invalid', expected: expect.stringContaining('inventory') as string }),
        { path: 'sampleSeconds', problem: 'wrong-type', expected: 'number' },
      ]),
    );
    expect(faults(() => parseSiteConfig('checks: { no-such-check: {} }'))).toEqual([{ path: 'checks.no-such-check', problem: 'unknown-check' }]);
    expect(faults(() => parseSiteConfig(`checks: { ${id}: { threshold: { warning: 1, warningPercent: "20" } } }`))).toEqual([
      { path: `checks.${id}.threshold.warning`, problem: 'unknown-threshold', expected: 'warningPercent, criticalPercent' },
      { path: `checks.${id}.threshold.warningPercent`, problem: 'wrong-type', expected: 'number' },
    ]);
  });
  it('names the line of what is no YAML, and survives alias bombs, lists, tags and size', () => {
    expect(faults(() => parseSiteConfig('checks:\n  a: [1\nb: }'))).toEqual([expect.objectContaining({ problem: 'not-yaml', line: expect.any(Number) as number })]);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`;
    expect(faults(() => parseSiteConfig(bomb)).length).toBeGreaterThan(0);
    expect(faults(() => parseSiteConfig('- a\n- b'))).toEqual([{ path: '', problem: 'wrong-type', expected: 'object' }]);
    expect(faults(() => parseSiteConfig(`# ${'x'.repeat(1024 * 1024)}`))).toEqual([{ path: '', problem: 'too-large' }]);
  });
  it('lets every threshold of every check be set to its own value', () => {
    const checks = Object.fromEntries(CHECKS.map((check) => [check.id, { threshold: check.threshold }]));
    expect(faults(() => parseSiteConfig(JSON.stringify({ checks })))).toEqual([]);
  });
});

describe('suppressions', () => {
  const good = { check: id, owner: 'Li', reason: 'planned', expires: '2026-12-31' };
  it('want an owner, a reason and a real day', () => {
    expect(parseSuppressions(JSON.stringify({ suppressions: [good, { ...good, check: 'host-*', scope: { namespace: 'a*' } }] }))).toHaveLength(2);
    for (const bad of [
      { owner: '' },
      { reason: undefined },
      { expires: '2026-13-01' },
      { expires: '2027-02-30' },
      { expires: 'soon' },
      { check: 'no-such-check' },
      { scope: { label: 'x' } },
    ]) {
      expect(
        faults(() => parseSuppressions(JSON.stringify({ suppressions: [{ ...good, ...bad }] }))),
        JSON.stringify(bad),
      ).toHaveLength(1);
    }
  });
});

describe('what is said of a fault', () => {
  const said = (text: string, locale: 'zh' | 'en'): readonly string[] =>
    faults(() => parseSuppressions(text)).map((fault) => faultMessage('s.yaml', fault as Parameters<typeof faultMessage>[1], locale));
  const ONE = (fields: string): string => `suppressions: [{ check: "os-*", owner: o, reason: r, expires: 2027-01-01${fields} }]`;
  it.each([
    ['suppressions: [{ check: "os-*", owner: "", reason: r, expires: 2027-01-01 }]', '值无效（应为 ≥ 1 个字符）', 'invalid value (expected ≥ 1 characters)'],
    ['suppressions: [{ check: "os-*", reason: r, expires: 2027-01-01 }]', '缺少（应为字符串）', 'missing (expected string)'],
    ['suppressions: [{ check: "os-*", owner: o, reason: 7, expires: 2027-01-01 }]', '类型不对（应为字符串）', 'wrong type (expected string)'],
    ['suppressions: [{ check: "os-*", owner: o, reason: r, expires: soon }]', '值无效（应为 YYYY-MM-DD）', 'invalid value (expected YYYY-MM-DD)'],
    [ONE(', scope: { kind: Planet }'), '值无效（应为 ', 'invalid value (expected '],
    ['{}', '缺少（应为列表）', 'missing (expected list)'],
  ])('%s: no sentence of a library', (text, zh, en) => {
    expect(said(text, 'zh').join()).toContain(zh);
    expect(said(text, 'en').join()).toContain(en);
    expect([...said(text, 'zh'), ...said(text, 'en')].join()).not.toMatch(/Too small|Invalid|received|undefined/);
  });
  it('is so for unions, keys, bounds and formats too', () => {
    const schema = z.strictObject({
      either: z.union([z.string(), z.number()]),
      keys: z.record(z.string().min(3), z.number()),
      most: z.number().max(3),
      above: z.number().gt(3),
      whole: z.int(),
      step: z.number().multipleOf(3),
      address: z.url(),
      list: z.array(z.string()).min(1),
    });
    const { error } = schema.safeParse({ either: {}, keys: { a: 1 }, most: 5, above: 3, whole: 1.5, step: 4, address: 'x', list: [] });
    expect(Object.fromEntries((error?.issues ?? []).map((issue) => [issue.path.join('.'), expectationOf(issue)]))).toEqual({
      either: { problem: 'invalid', expected: 'string | number' },
      'keys.a': { problem: 'invalid', expected: '≥ 3', counts: 'characters' },
      most: { problem: 'invalid', expected: '≤ 3' },
      above: { problem: 'invalid', expected: '> 3' },
      whole: { problem: 'wrong-type', expected: 'int' },
      step: { problem: 'invalid', expected: 'n × 3' },
      address: { problem: 'invalid', expected: 'url' },
      list: { problem: 'invalid', expected: '≥ 1', counts: 'items' },
    });
  });
});
