import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import type { SectionName, SomeSections } from '../../agent/wire/section-values.ts';
import { limitWords, problemSide } from '../../reports/limits.ts';
import { type CheckFixture, fixturePath } from '../fixtures/check-fixture.ts';
import { FIXTURE_NOW, HEALTHY } from '../fixtures/healthy/index.ts';
import { HEALTHY_MIDDLEWARE } from '../fixtures/healthy/middleware.ts';

describe('what should hold', () => {
  it.each([
    ['host-cpu-high', 85, 91, 'percent', '< 85 %'],
    ['tomcat-nofile-low', 65_535, undefined, 'count', '≥ 65,535'],
    ['host-oom-kill', 0, 113, 'count', '0'],
    ['postgresql-slot-inactive', 1, undefined, 'count', '0'],
    ['redis-primary-count', 1, 2, 'count', '1'],
    ['middleware-known-vulnerability', 7, undefined, 'value', 'CVSS < 7'],
    ['middleware-version-eol', 180, 12, 'days', '> 180 天'],
    ['tongweb-license-expiring', 90, undefined, 'days', '> 90 天'],
    ['workload-single-replica', 1, 1, 'count', '≥ 2'],
    ['disk-space-low', 15, 15, 'percent', '> 15 %'],
    ['service-time-offset-high', 500, -60_000, 'milliseconds', '< 500 毫秒'],
    ['middleware-version-eol', 0, -178, 'days', '未到期'],
    ['service-audit-off', true, false, 'value', '是'],
    ['control-plane-version-end-of-life', '1.35', 'v1.20.2', 'value', '≥ 1.35'],
    ['node-kubelet-ahead', 'v1.20.2', 'v1.22.0', 'value', '≤ v1.20.2'],
    ['os-time-zone-unexpected', 'Asia/Shanghai', 'UTC', 'value', 'Asia/Shanghai'],
    ['postgresql-cache-miss', 90, undefined, 'percent', '≥ 90 %'],
    ['link-error', undefined, 3, 'count', '—'],
  ] as const)('%s: %s', (check, threshold, observed, unit, words) => {
    expect(limitWords({ check, threshold, observed, unit }, 'zh', 480)).toBe(words);
  });
});

/** Whether a number is within the limit that is printed beside it; words of other kinds are not looked at. */
function holds(observed: number, words: string): boolean {
  const [, sign, number] = /^(?:CVSS )?([<≥>]?) ?([\d,.]+)/.exec(words) ?? [];
  if (number === undefined) return false;
  const limit = Number(number.replaceAll(',', ''));
  if (sign === '<') return Math.abs(observed) < limit;
  if (sign === '≥') return observed >= limit;
  return sign === '>' ? observed > limit : observed === limit;
}
it('the limit that stands beside a finding is one that it breaks', async () => {
  for (const check of CHECKS) {
    const { default: fixture } = (await import(join(import.meta.dirname, '../fixtures/checks', `${fixturePath(check)}.ts`))) as { default: CheckFixture };
    for (const { change, now = FIXTURE_NOW } of fixture.fail)
      for (const { observed, threshold, unit } of check.run(sectionsWith(change), {}, { now, host: 'node-1' }).findings) {
        // Units that are printed as another have other digits.
        if (typeof observed !== 'number' || typeof threshold !== 'number' || !PLAIN.has(unit)) continue;
        const words = limitWords({ check: check.id, threshold, observed, unit }, 'en', 480);
        expect(holds(observed, words), `${check.id}: ${observed} beside ${words}`).toBe(false);
      }
  }
});
it('what may be at most so many may be so many', () => {
  for (const { id, threshold, unit } of CHECKS) {
    const limit = Object.entries(threshold).find(([name]) => /^(?:maximum|atMost)Count$/.test(name))?.[1];
    if (typeof limit === 'number') expect(limitWords({ check: id, threshold: limit, observed: limit + 1, unit }, 'en', 480), id).toBe(`≤ ${limit}`);
  }
});
const PLAIN: ReadonlySet<string> = new Set(['count', 'value', 'percent', 'ratio', 'days']);

/** Rows without a finding know only the id: it must tell the side that a finding would show. */
it.each(CHECKS.filter(({ area }) => area === 'middleware').map((check) => [check.id, check] as const))('the id of %s tells the side of its limit', async (id, check) => {
  const { default: fixture } = (await import(join(import.meta.dirname, '../fixtures/checks', `${fixturePath(check)}.ts`))) as { default: CheckFixture };
  for (const { change, now = FIXTURE_NOW } of fixture.fail) {
    for (const { observed, threshold } of check.run(sectionsWith(change), {}, { now, host: 'node-1' }).findings) {
      if (typeof observed !== 'number' || typeof threshold !== 'number' || observed === threshold) continue;
      const side = problemSide({ check: id, threshold });
      if (side !== undefined) expect(side).toBe(observed < threshold ? 'below' : 'above');
    }
  }
});
function sectionsWith(change: CheckFixture['fail'][number]['change']): SomeSections {
  const sections: Record<string, unknown> = { ...HEALTHY, ...HEALTHY_MIDDLEWARE };
  for (const [section, fields] of Object.entries(change)) sections[section] = { ...(sections[section as SectionName] as object), ...fields };
  return sections as SomeSections;
}
