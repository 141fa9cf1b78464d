import { describe, expect, it } from 'vitest';
import { loadPolicies } from '../../../collector/support/policies.ts';
import { termsOf } from '../../../collector/support/terms.ts';
import { isZone } from '../../../collector/support/zone.ts';

describe('zones', () => {
  it.each(['Asia/Shanghai', 'America/New_York', 'UTC', 'Etc/GMT-8', 'PRC'])('takes %s', (name) => {
    expect(isZone(name)).toBe(true);
  });
  // The language's formatter takes these abbreviations, and the first clock would fail on them.
  it.each(['CST', 'PST', 'IST', 'JST', 'BST', 'ACT', '+08:00', 'Mars/Olympus', '北京', ''])('refuses %s', (name) => {
    expect(isZone(name)).toBe(false);
  });

  it('can count in every zone that it takes', () => {
    const policies = loadPolicies();
    const names = [...Intl.supportedValuesOf('timeZone'), 'CST', 'IST', 'EST', 'EST5EDT', 'GMT', 'PRC', 'ROK'].filter(isZone);
    expect(names.length).toBeGreaterThan(400);
    for (const zone of names) {
      const respond = termsOf(policies, { policyId: 'daocloud', tier: 'standard', zone }).levels.get(3)?.clocks.respond;
      const [first] = respond?.calendar.stretches(Date.UTC(2026, 10, 27)) ?? [];
      expect(first?.from, zone).toBe(Date.UTC(2026, 10, 27));
    }
  });
});
