import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { dayPoints } from '../../../collector/store/day-points.ts';
import { packedRollups } from '../../../collector/store/migrations/0005-packed-rollups.ts';
import type { Sample } from '../../../collector/store/rollup-buckets.ts';
import { foldSamples, listSeries, readSeries } from '../../../collector/store/rollup-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = 1_795_305_600_000; // midnight UTC
const ALWAYS = { from: 0, to: START * 2 };

const EVERY = (['h', 'd'] as const).flatMap((resolution) =>
  ['', 'n-1', 'n-2'].flatMap((machine) => ['score', 'cpu.used-percent'].map((name) => ({ resolution, step: resolution === 'h' ? HOUR : DAY, machine, name }))),
);
/** Buckets as somebody would work them out by hand. */
function naively(samples: readonly Pick<Sample, 'at' | 'value'>[], step: number) {
  const begins = [...new Set(samples.map(({ at }) => Math.floor(at / step) * step))].sort((a, b) => a - b);
  return begins.map((begin) => {
    const inside = samples.filter(({ at }) => at >= begin && at < begin + step);
    const values = inside.map(({ value }) => value);
    const last = inside.reduce((newest, one) => (one.at >= newest.at ? one : newest));
    return { at: begin, samples: values.length, minimum: Math.min(...values), maximum: Math.max(...values), total: values.reduce((a, b) => a + b, 0), last: last.value };
  });
}

onBothEngines('numbers over time', (database) => {
  it('are the same in whatever order and groups they are folded', async () => {
    const sample = fc.record({
      machine: fc.constantFrom('', 'n-1', 'n-2'),
      name: fc.constantFrom('score', 'cpu.used-percent'),
      at: fc.integer({ min: START, max: START + 2 * DAY - 1 }),
      value: fc.integer({ min: -1_000, max: 1_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(sample, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }), async (groups) => {
        const { clusterId } = await enrol(database());
        for (const group of groups)
          await database().transaction(
            async (db) =>
              await foldSamples(
                db,
                database().engine,
                group.map((one) => ({ ...one, clusterId })),
              ),
          );
        const all = groups.flat();
        for (const { resolution, step, machine, name } of EVERY) {
          const mine = all.filter((one) => one.machine === machine && one.name === name);
          const series = machine === '' ? name : `${name}|${machine}`;
          expect(await readSeries(database().db, 'all', { clusterId, series, resolution, ...ALWAYS })).toMatchObject(naively(mine, step));
          const days = (await dayPoints(database().db, clusterId, [name], ALWAYS, 0)).filter((point) => point.machine === machine);
          expect(days.map(({ at }) => at)).toEqual(naively(mine, DAY).map(({ at }) => at));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('lose nothing when several fold into the same new buckets at once', async () => {
    const { clusterId } = await enrol(database());
    const samples = Array.from({ length: 20 }, (_, index): Sample => ({ clusterId, machine: `n-${index % 4}`, name: 'score', at: START + index, value: 1 }));
    await Promise.all(Array.from({ length: 8 }, async () => await database().transaction(async (db) => await foldSamples(db, database().engine, samples))));
    const points = await Promise.all(
      [0, 1, 2, 3].map(async (node) => await readSeries(database().db, 'all', { clusterId, series: `score|n-${node}`, resolution: 'h', ...ALWAYS })),
    );
    expect(points.map((one) => one.map(({ samples: count, total }) => [count, total]))).toEqual([[[40, 40]], [[40, 40]], [[40, 40]], [[40, 40]]]);
    expect(await listSeries(database().db, 'all', clusterId, START)).toEqual(['score|n-0', 'score|n-1', 'score|n-2', 'score|n-3']);
  });

  it('of an older schema are kept when it is brought up to date', async () => {
    const { clusterId } = await enrol(database());
    const { db, engine } = database();
    await sql`drop table rollups`.execute(db);
    await sql`create table rollups (cluster_id text not null, series text not null, resolution text not null, at bigint not null, samples bigint not null,
      minimum double precision not null, maximum double precision not null, total double precision not null, last double precision not null, last_at bigint not null,
      primary key (cluster_id, series, resolution, at))`.execute(db);
    await sql`create index rollups_age on rollups (resolution, at)`.execute(db);
    for (const [series, resolution, at] of [
      ['score', 'd', START],
      ['coverage', 'd', START],
      ['cpu.used-percent|n-1', 'h', START + HOUR],
      ['score|n-1', 'h', START + HOUR],
    ] as const)
      await sql`insert into rollups values (${clusterId}, ${series}, ${resolution}, ${at}, 4, 1.5, 20, 50.25, 7, ${at + 1_000})`.execute(db);
    await packedRollups.up(db, engine);
    expect(await sql`select machine from rollups order by machine`.execute(db)).toMatchObject({ rows: [{ machine: '' }, { machine: 'n-1' }] });
    const before = { samples: 4, minimum: 1.5, maximum: 20, total: 50.25, last: 7 };
    expect(await readSeries(db, 'all', { clusterId, series: 'coverage', resolution: 'd', ...ALWAYS })).toMatchObject([{ at: START, ...before }]);
    // The one that came before stays the last against an older one, and goes on counting.
    await database().transaction(async (one) => await foldSamples(one, engine, [{ clusterId, machine: 'n-1', name: 'score', at: START + HOUR + 500, value: 30 }]));
    expect(await readSeries(db, 'all', { clusterId, series: 'score|n-1', resolution: 'h', ...ALWAYS })).toMatchObject([
      { at: START + HOUR, samples: 5, minimum: 1.5, maximum: 30, total: 80.25, last: 7 },
    ]);
  });
});
