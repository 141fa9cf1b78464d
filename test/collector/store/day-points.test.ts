/** Numbers by the days of a zone, from buckets of UTC: labelled where they were measured, and nothing from beyond the end. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DayPoint, dayPoints } from '../../../collector/store/day-points.ts';
import { deleteExpired } from '../../../collector/store/retention-store.ts';
import { foldSamples } from '../../../collector/store/rollup-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

onBothEngines('days of a zone', (database) => {
  async function stored(moments: readonly (readonly [at: string | number, value: number])[]): Promise<string> {
    const { clusterId } = await enrol(database());
    const samples = moments.map(([at, value]) => ({ clusterId, machine: 'n', name: 'score', at: typeof at === 'number' ? at : Date.parse(at), value }));
    await database().transaction(async (db) => await foldSamples(db, database().engine, samples));
    return clusterId;
  }
  const read = async (clusterId: string, from: string | number, to: string | number, zoneMinutes: number): Promise<readonly DayPoint[]> =>
    await dayPoints(database().db, clusterId, ['score'], { from: new Date(from).getTime(), to: new Date(to).getTime() }, zoneMinutes);
  const local = (at: number, zoneMinutes: number): string => new Date(at + zoneMinutes * 60_000).toISOString().slice(0, 16);

  it.each([
    ['+08:00', 480],
    ['-05:00', -300],
    ['+05:30', 330],
    ['+00:00', 0],
  ] as const)('an inspection a day at two in the morning, %s, is of its own day and week', async (offset, zone) => {
    const clusterId = await stored(Array.from({ length: 9 }, (_, index) => [`2026-12-${20 + index}T02:00:00${offset}`, index]));
    const week = await read(clusterId, `2026-12-21T00:00:00${offset}`, `2026-12-28T00:00:00${offset}`, zone);
    expect(week.map(({ at, last }) => [local(at, zone), last])).toEqual(Array.from({ length: 7 }, (_, index) => [`2026-12-${21 + index}T00:00`, index + 1]));
    expect(week.map(({ lastAt }) => local(lastAt, zone).slice(11))).toEqual(Array.from({ length: 7 }, () => '02:00'));
  });

  it('several inspections of a day stand together, whatever day of UTC they were on, and the later ones of the last day stay out', async () => {
    const clusterId = await stored([
      ['2026-12-26T07:59:00+08:00', 1],
      ['2026-12-26T08:01:00+08:00', 2],
      ['2026-12-27T02:00:00+08:00', 3],
      ['2026-12-27T20:00:00+08:00', 5],
      ['2026-12-28T02:00:00+08:00', 9],
    ]);
    const points = await read(clusterId, '2026-12-01T00:00:00+08:00', '2026-12-28T00:00:00+08:00', 480);
    expect(points.map(({ at, mean, maximum, last }) => [local(at, 480).slice(8, 10), mean, maximum, last])).toEqual([
      ['26', 1.5, 2, 2],
      ['27', 4, 5, 5],
    ]);
  });

  it('without its hours a day stands where its last sample was taken, and is left out when that is beyond the end', async () => {
    const clusterId = await stored([
      ['2026-12-25T09:00:00+08:00', 1],
      ['2026-12-26T02:00:00+08:00', 2],
      ['2026-12-27T09:00:00+08:00', 3],
      ['2026-12-28T02:00:00+08:00', 9],
    ]);
    await deleteExpired(database().db, database().engine, 'hourly-rollups', Date.parse('2027-06-01'), 10_000);
    const points = await read(clusterId, '2026-12-01T00:00:00+08:00', '2026-12-28T00:00:00+08:00', 480);
    expect(points.map(({ at, mean, last }) => [local(at, 480).slice(8, 10), mean, last])).toEqual([['26', 1.5, 2]]);
  });

  it('is what the samples of that day say, in every zone of whole hours', async () => {
    const begin = Date.UTC(2026, 11, 1);
    const sample = fc.tuple(fc.integer({ min: begin, max: begin + 6 * DAY - 1 }), fc.integer({ min: 0, max: 100 }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(sample, { minLength: 1, maxLength: 40, selector: ([at]) => at }),
        fc.integer({ min: -12, max: 14 }),
        fc.integer({ min: 24, max: 144 }),
        async (samples, hours, until) => {
          const clusterId = await stored(samples);
          const to = begin + until * HOUR;
          const zoneMs = hours * HOUR;
          const known = samples.filter(([at]) => at < to);
          const expected = [
            ...Map.groupBy(
              known.toSorted(([one], [other]) => one - other),
              ([at]) => Math.floor((at + zoneMs) / DAY) * DAY - zoneMs,
            ),
          ].map(([at, own]) => ({
            at,
            mean: own.reduce((total, [, value]) => total + value, 0) / own.length,
            maximum: Math.max(...own.map(([, value]) => value)),
            last: own.at(-1)?.[1],
            lastAt: own.at(-1)?.[0],
          }));
          expect(await read(clusterId, 0, to, hours * 60)).toMatchObject(expected);
        },
      ),
      { numRuns: 25 },
    );
  });
});
