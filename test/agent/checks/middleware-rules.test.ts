import { describe, expect, it } from 'vitest';
import { defineCheck } from '../../../agent/checks/check.ts';
import { judgeInstances } from '../../../agent/checks/middleware-rows.ts';
import { runChecks } from '../../../agent/checks/run.ts';
import { gatherMiddleware } from '../../../agent/gatherers/middleware/run.ts';
import { LIMITS, MIDDLEWARE_DEFAULTS } from '../../../agent/middleware/declaration.ts';
import { middlewareConfig } from '../../../agent/middleware-config.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Severity } from '../../../agent/wire/vocabulary.ts';

function inventory(...rows: readonly Partial<NonNullable<SomeSections['middleware']>['rows'][number]>[]): SomeSections {
  return {
    middleware: {
      complete: true,
      ignored: 0,
      dropped: 0,
      members: [],
      rows: rows.map((row, index) => ({
        instance: `instance-${index}`,
        product: 'redis',
        mode: 'standalone',
        reach: 'ok',
        place: 'cluster',
        evidence: [],
        overridden: false,
        members: 1,
        answered: 1,
        denied: 0,
        statements: 1,
        durationMs: 1,
        ...row,
      })),
    },
  };
}
function verdictsOf(sections: SomeSections, severity: Severity, isWrong: boolean, setting?: Severity) {
  const check = defineCheck({
    id: 'middleware-sample',
    area: 'middleware',
    product: 'redis',
    title: { zh: '', en: '' },
    why: { zh: '', en: '' },
    remedy: { zh: '', en: '' },
    severity,
    reads: ['middleware'],
    unit: 'count',
    threshold: {},
    source: 'test',
    evaluate: ({ middleware }) => judgeInstances(middleware.rows, () => (isWrong ? [{}] : [])),
  });
  return runChecks([check], sections, [], new Set(['middleware']), { now: 0, host: 'h' }, setting ? { [check.id]: { severity: setting } } : {});
}

describe('rules of all middleware checks', () => {
  it.each([
    ['info', 'warning'],
    ['warning', 'critical'],
    ['critical', 'critical'],
  ] as const)('raise %s to %s where the platform stands on the instance, and nowhere else', (severity, raised) => {
    const sections = inventory({ platform: true }, {});
    const { findings, verdicts } = verdictsOf(sections, severity, true);
    expect(findings.map(({ scope, severity: own }) => [scope.name, own]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))).toEqual([
      ['instance-0', raised],
      ['instance-1', severity],
    ]);
    expect(verdicts[0]?.severity).toBe(raised);
    expect(verdictsOf(sections, severity, true, 'info').findings.map((finding) => finding.severity)).toEqual(['info', 'info']);
  });

  it('keep a check from passing while one instance of its product is not known', () => {
    expect(verdictsOf(inventory({}, {}), 'info', false).verdicts[0]?.verdict).toBe('pass');
    expect(verdictsOf(inventory({}, { reach: 'wrong-credentials' }), 'info', false).verdicts[0]).toMatchObject({ verdict: 'unknown', reason: 'unauthorized' });
    expect(verdictsOf(inventory({}, { reach: 'wrong-credentials', product: 'kafka' }), 'info', false).verdicts[0]?.verdict).toBe('pass');
    expect(verdictsOf(inventory({}, { reach: 'wrong-credentials' }), 'info', true).verdicts[0]?.verdict).toBe('fail');
  });

  it('know the instances of the platform by the namespace that DCE keeps them in, or by what the site says', async () => {
    const ownedBy = async (platform: (typeof MIDDLEWARE_DEFAULTS)['platform']): Promise<unknown> => {
      const { sections } = await gatherMiddleware({
        products: [],
        config: {
          ...MIDDLEWARE_DEFAULTS,
          platform,
          instances: [{ product: 'redis', name: 'own-cache', addresses: [{ host: '192.0.2.1', port: 1 }], limits: LIMITS, blackout: [], options: {} }],
        },
        hostName: 'h',
        baselines: {},
        optOut: new Set(),
        signal: AbortSignal.timeout(10_000),
        now: 0,
        clock: () => 0,
      });
      return sections.middleware?.rows[0]?.platform;
    };
    expect(middlewareConfig.parse(undefined).platform).toEqual([{ namespace: 'mcamel-system' }]);
    expect(middlewareConfig.parse({ platform: [] }).platform).toEqual([]);
    expect(() => middlewareConfig.parse({ platform: [{}] })).toThrow('at least one part');
    expect(await ownedBy(MIDDLEWARE_DEFAULTS.platform)).toBeUndefined();
    expect(await ownedBy([{ instance: 'own-*' }])).toBe(true);
  });
});
