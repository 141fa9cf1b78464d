import { expect, it } from 'vitest';
import { Advisories } from '../../../collector/advisories/advisories.ts';
import { type ApprovedPack, LivePolicies, Packs } from '../../../collector/packs/packs.ts';
import { advisoryFeeds } from '../../../collector/store/advisory-store.ts';
import { loadPolicies } from '../../../collector/support/policies.ts';
import { onBothEngines } from '../../support/databases.ts';

const ACTOR = { kind: 'system', name: 'test' } as const;
const YEAR = (name: string) => ({ year: 2031, papers: [], days: [{ name, date: '2031-01-01', isOffDay: true }] });
const pack = (version: string, holidays: readonly unknown[] = [YEAR(version)]): ApprovedPack => ({
  ...{ name: 'base', version, sha256: version.padEnd(64, '0'), keyId: 'k'.repeat(64), signature: '{}', text: JSON.stringify({ policies: {}, holidays }), approvedBy: 'approval' },
  content: {
    ...{ policies: {}, holidays },
    advisories: [
      {
        id: `openEuler-SA-2031-${version}`,
        kind: 'security',
        severity: 'low',
        publishedAt: 1,
        cves: [],
        source: 'pack',
        fixes: [{ product: 'oe2203sp4', package: 'kernel', version: '0:1-1' }],
      },
    ],
  },
});
const contentOf = (text: string) => JSON.parse(text) as { policies: Record<string, string>; holidays: unknown[] };

onBothEngines('rule packs in a collector', (database) => {
  it('count one at a time, change the calendar of a running collector, and go back', async () => {
    const packs = new Packs(database(), new Advisories(database()), loadPolicies());
    const live = new LivePolicies(loadPolicies());
    const nameOf2031 = (): string | undefined => live.holidays.years.get(2031)?.days[0]?.name;
    expect(await live.refresh(database().db, contentOf)).toBeUndefined();
    await packs.apply(pack('1'), ACTOR, 1);
    await packs.apply(pack('2'), ACTOR, 2);
    const before = live.holidays.revision;
    expect(await live.refresh(database().db, contentOf)).toContain('"2"');
    expect(await live.refresh(database().db, contentOf)).toBeUndefined();
    expect(nameOf2031()).toBe('2');
    expect(live.holidays.revision).not.toBe(before);
    expect((await packs.rollback(ACTOR, 3)).now?.version).toBe('1');
    await live.refresh(database().db, contentOf);
    expect(nameOf2031()).toBe('1');
    await packs.rollback(ACTOR, 4);
    expect(await live.refresh(database().db, contentOf)).toBe('');
    expect(nameOf2031()).toBeUndefined();
    await expect(packs.rollback(ACTOR, 5)).rejects.toMatchObject({ code: 'not-found' });
    expect((await packs.all()).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    expect(await advisoryFeeds(database().db)).toMatchObject([{ source: 'pack', count: 2 }]);
  });
  it('are refused whole when a year of holidays is none', async () => {
    const packs = new Packs(database(), new Advisories(database()), loadPolicies());
    await expect(packs.apply(pack('9', [{ year: 'soon' }]), ACTOR, 1)).rejects.toThrow();
    expect(await packs.current()).toBeUndefined();
  });
});
