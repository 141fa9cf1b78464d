import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { inCalendarDays } from '../../../collector/inspections/calendar-days.ts';
import { calendarDay } from '../../../reports/cells.ts';
import { calendarDaysLeft } from '../../../reports/lists/outlook.ts';

const DAY = 86_400;
const CHINA = 480;
const at = (when: string): number => Date.parse(when) / 1_000;
const found = (check: string, observed: number, threshold: number, scope: Finding['scope'] = { kind: 'Cluster', name: '' }): Finding => ({
  ...{ check, area: 'control-plane', severity: 'info', scope, observed, threshold, unit: 'days' },
});
const recounted = (finding: Finding, asOf: number, sections: SomeSections = {}, zoneMinutes = CHINA): unknown =>
  inCalendarDays([finding], sections, { takenAt: asOf, asOf, zoneMinutes })[0]?.observed;

describe('days that are left', () => {
  it('of a release are those of the calendar of the site, as tables count them: early in the morning in China UTC is a day behind', () => {
    expect(recounted(found('control-plane-version-ending', 60, 90), at('2026-12-31T02:00:00+08:00'))).toBe(59);
    expect(recounted(found('control-plane-version-ending', 59, 90), at('2026-12-31T12:00:00+08:00'))).toBe(59);
    expect(recounted(found('os-release-eol', 31, 0), at('2026-12-31T02:00:00+08:00'))).toBe(32);
  });
  it('agree with the table of releases whenever the inspection was', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') }), fc.integer({ min: 1, max: 80 }), (asOf, ahead) => {
        const end = (Math.floor(asOf / DAY) + ahead) * DAY + DAY - 1;
        const period = { asOf, zoneMinutes: CHINA };
        expect(recounted(found('control-plane-version-ending', Math.floor((end - asOf) / DAY), 90), asOf)).toBe(calendarDaysLeft(calendarDay(end, { period }), period));
      }),
    );
  });
  it('of a certificate are those of the day on which it ends', () => {
    const scope = { kind: 'Certificate', node: 'm', name: 'apiserver' } as const;
    const sections = { certificates: { certificates: [{ name: 'apiserver', notAfter: at('2027-01-18T10:00:00+08:00') }] } } as unknown as SomeSections;
    expect(recounted(found('certificate-expiring', 17, 30, scope), at('2026-12-31T22:00:00+08:00'), sections)).toBe(18);
    expect(recounted(found('certificate-expiring', 17, 17, scope), at('2026-12-31T22:00:00+08:00'), sections)).toBe(17); // beside its limit nobody reads 18
    expect(recounted(found('certificate-expiring', 17, 30, { ...scope, name: 'other' }), at('2026-12-31T22:00:00+08:00'), sections)).toBe(17);
  });
  it('of other checks stand as they are', () => expect(recounted(found('os-packages-stale', 60, 90), at('2026-12-31T02:00:00+08:00'))).toBe(60));
});
