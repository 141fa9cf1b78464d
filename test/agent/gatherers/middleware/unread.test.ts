import { describe, expect, it } from 'vitest';
import { MIDDLEWARE_CHECKS } from '../../../../agent/checks/middleware/index.ts';
import { runChecks } from '../../../../agent/checks/run.ts';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { gatherMiddleware } from '../../../../agent/gatherers/middleware/run.ts';
import { LIMITS, MIDDLEWARE_DEFAULTS } from '../../../../agent/middleware/declaration.ts';
import type { Reason } from '../../../../agent/wire/vocabulary.ts';

const NOW = 1_795_000_000;

/** One instance of each product, of which nothing is ever told. */
async function unreadOf(product: string, members: number, blackout: boolean, common = false) {
  const products = MIDDLEWARE.filter((one) => one.product === product).map((one) => ({ ...one, load: async () => ({ inspect: () => new Promise<never>(() => undefined) }) }));
  const { sections, reports } = await gatherMiddleware({
    products,
    config: {
      ...MIDDLEWARE_DEFAULTS,
      instances: products.map((one) => ({
        product: one.product,
        name: 'subject',
        addresses: Array.from({ length: members }, (_, index) => ({ host: '192.0.2.1', port: index + 1 })),
        limits: { ...LIMITS, instanceMs: 30 },
        blackout: blackout ? [{ from: NOW - 60, to: NOW + 60 }] : [],
        options: {},
      })),
    },
    hostName: 'host-1',
    baselines: {},
    optOut: new Set(),
    signal: AbortSignal.timeout(30_000),
    now: NOW,
    clock: () => performance.now(),
  });
  return runChecks(
    MIDDLEWARE_CHECKS.filter((check) => (common ? check.product === undefined : check.product === product)),
    sections,
    reports,
    new Set(['middleware']),
    { now: NOW, host: 'host-1' },
  ).verdicts;
}

describe('an instance that nothing is known of', () => {
  it.each(MIDDLEWARE.map(({ product }) => product))('lets no check of %s pass, and says why', async (product) => {
    for (const [members, blackout, reason] of [
      [3, false, 'timeout'],
      [0, false, 'timeout'],
      [3, true, 'blackout'],
    ] as const satisfies readonly (readonly [number, boolean, Reason])[]) {
      const verdicts = await unreadOf(product, members, blackout);
      expect(verdicts.length).toBeGreaterThan(0);
      expect(verdicts.filter((one) => one.verdict !== 'unknown' || one.reason !== reason).map(({ check, verdict, reason: why }) => `${check} ${verdict} ${why}`)).toEqual([]);
    }
  });

  it('passes none of the checks that are about all products either: silence is told, and a blackout is unknown', async () => {
    const told = async (members: number, blackout: boolean) =>
      (await unreadOf('redis', members, blackout, true))
        .filter(({ verdict }) => verdict !== 'not-applicable')
        .map(({ check, verdict, reason }) => `${check.slice(11)} ${verdict} ${reason ?? ''}`.trim());
    const unknownIn = (reason: Reason) => ['known-vulnerability', 'member-unread', 'rights-missing', 'restart-recent', 'version-eol'].map((check) => `${check} unknown ${reason}`);
    expect((await told(3, true)).sort()).toEqual(['instance-down unknown blackout', 'instance-unread unknown blackout', ...unknownIn('blackout')].sort());
    expect((await told(3, false)).sort()).toEqual(['instance-down fail', ...unknownIn('timeout')].sort());
  });
});
