import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import { rangeOf, thresholdFaults } from '../../../agent/packs/limits.ts';

describe('the limits of a pack', () => {
  it('let every check keep what it has, and nothing else in its place', () => {
    for (const { id, threshold } of CHECKS) {
      const numbers = Object.fromEntries(Object.entries(threshold).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
      expect(thresholdFaults({ [id]: numbers }, CHECKS), id).toEqual([]);
    }
  });
  it.each([
    [{ 'no-such-check': { a: 1 } }, 'unknown-check'],
    [{ 'disk-space-low': { invented: 1 } }, 'unknown-threshold'],
    [{ 'disk-space-low': { constructor: 1 } }, 'unknown-threshold'],
    [{ 'disk-space-low': { warningPercent: 101 } }, 'out-of-range'],
    [{ 'disk-space-low': { warningPercent: 0.5 } }, 'out-of-range'],
    [{ 'disk-space-low': { warningPercent: Number.NaN } }, 'out-of-range'],
    [{ 'disk-space-low': { warningPercent: 3, criticalPercent: 20 } }, 'order'],
  ])('refuse %j as %s', (thresholds, problem) => {
    expect(thresholdFaults(thresholds as Record<string, Record<string, number>>, CHECKS).map((fault) => fault.problem)).toContain(problem);
  });
  it('never allow a value beyond ten times the own one or beyond its unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), fc.constantFrom('aPercent', 'aRatio', 'aCount', 'aSeconds'), (own, key) => {
        const { least, most } = rangeOf(key, own);
        return least <= own && own <= most && most <= own * 10 && least >= own / 10.0001;
      }),
    );
  });
});
