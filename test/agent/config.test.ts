import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import { ConfigError, parseSiteConfig, parseSuppressions } from '../../agent/config.ts';

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
