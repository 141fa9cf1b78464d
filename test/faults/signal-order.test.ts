/** Faults 8, 11, 12 and 15: what arrives twice, late, from an old leader, from a clock that jumps, or at two collectors. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Signal } from '../../agent/wire/signal.ts';
import { openDatabase } from '../../collector/store/database.ts';
import { onBothEngines } from '../support/databases.ts';
import { AGENT, DAY, HOUR, inOrder, MINUTE, type Site, START, signalOf, siteOn } from '../support/incident-desk.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';

async function outcome(site: Site): Promise<unknown> {
  const incidents = await site.all();
  return incidents.map(({ state, signalState, severity, level }) => ({ state, signalState, severity, level }));
}

onBothEngines('signals that arrive more than once or in another order', (database) => {
  it('three times each are one incident with one history', async () => {
    const site = await siteOn(database());
    await site.alive(START);
    for (let step = 0; step < 6; step += 1) {
      const now = START + step * 20 * MINUTE;
      for (let copy = 0; copy < 3; copy += 1) await site.send([signalOf(step % 2 === 0 ? 'firing' : 'clear', now)], now, { boot: 'b', seq: step });
    }
    const [incident, ...others] = await site.all();
    expect(others).toEqual([]);
    const events = await site.events(incident?.id ?? '');
    expect(events.filter(({ body }) => body.kind === 'relapsed')).toHaveLength(2);
    expect(events.filter(({ body }) => body.kind === 'recovering')).toHaveLength(3);
  });

  it('shuffled end in the state of the newest, and leave one incident', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }), async (order) => {
        const site = await siteOn(database());
        const now = START + 10 * MINUTE;
        const seen = Array.from({ length: 9 }, (_, step) =>
          signalOf(step % 3 === 2 ? 'clear' : 'firing', START + step * MINUTE, { severity: step % 3 === 1 ? 'critical' : 'warning' }),
        );
        for (const step of order) await site.send([seen[step] as Signal], now);
        const incidents = await site.all();
        expect(incidents.length).toBeLessThanOrEqual(1);
        // The newest says clear: nothing fires, whatever arrived after it.
        for (const { state } of incidents) expect(['recovering']).toContain(state);
        const known = await database().db.selectFrom('signals').selectAll().where('cluster_id', '=', site.clusterId).executeTakeFirstOrThrow();
        expect([known.state, known.at]).toEqual(['clear', START + 8 * MINUTE]);
      }),
      { numRuns: 25 },
    );
  });

  it('a whole day again change nothing and wake nobody', async () => {
    const site = await siteOn(database());
    await site.alive(START);
    const day: (readonly [Signal, number])[] = [];
    for (let hour = 0; hour < 24; hour += 1) day.push([signalOf(hour % 6 < 3 ? 'firing' : 'clear', START + hour * HOUR), START + hour * HOUR]);
    for (const [signal, now] of day) {
      await site.alive(now);
      await site.send([signal], now);
      await site.tick(now + 30 * MINUTE);
    }
    const before = await outcome(site);
    const [incident] = await site.all();
    const history = (await site.events(incident?.id ?? '')).length;
    site.changes.length = 0;
    for (const [signal] of day) await site.send([signal], START + 24 * HOUR + MINUTE);
    expect(await outcome(site)).toEqual(before);
    // One line at most says that late data arrived.
    expect((await site.events(incident?.id ?? '')).length - history).toBeLessThanOrEqual(1);
    expect(site.changes.flatMap(({ events }) => events).filter(({ body }) => body.kind !== 'signal' || !body.late)).toEqual([]);
  });

  it('that are too old to act upon open nothing, and a fresh repetition does', async () => {
    const site = await siteOn(database());
    expect(await site.send([signalOf('firing', START)], START + 3 * HOUR)).toMatchObject({ opened: 0, late: 1 });
    expect(site.changes).toEqual([]);
    await site.send([signalOf('firing', START + 3 * HOUR + MINUTE, { since: START / 1_000 })], START + 3 * HOUR + MINUTE);
    expect(await site.active()).toHaveLength(1);
  });
});

onBothEngines('two leaders at once', (database) => {
  it('are one: what the old one says after the new one spoke is ignored', async () => {
    const site = await siteOn(database());
    const old = { agent: 'b'.repeat(32), epoch: 4 };
    const next = { agent: 'c'.repeat(32), epoch: 5 };
    await site.send([signalOf('firing', START)], START, old);
    await site.send([signalOf('firing', START + MINUTE)], START + MINUTE, next);
    const stray = signalOf('firing', START + 2 * MINUTE, { scope: { kind: 'Mount', node: 'node-1', name: '/other' } });
    expect(await site.send([signalOf('clear', START + 2 * MINUTE), stray], START + 2 * MINUTE, old)).toMatchObject({ ignored: 2, opened: 0 });
    expect(await site.active()).toMatchObject([{ state: 'open', signalState: 'firing' }]);
    expect(await site.send([], START + 3 * MINUTE, { ...old, complete: true })).toMatchObject({ changed: 0 });
    expect(await site.active()).toMatchObject([{ signalState: 'firing' }]);
  });

  it('hand over: what the new one’s complete list lacks of the old one’s went out of sight', async () => {
    const site = await siteOn(database());
    const gone = { scope: { kind: 'Mount', node: 'node-1', name: '/gone' } } as const;
    await site.send([signalOf('firing', START), signalOf('firing', START, gone)], START, { agent: 'b'.repeat(32), epoch: 4 });
    await site.send([signalOf('firing', START + MINUTE)], START + MINUTE, { agent: 'c'.repeat(32), epoch: 5, complete: true });
    expect(inOrder((await site.active()).map(({ scope, signalState }) => [scope?.name, signalState]))).toEqual([
      ['/gone', 'stale'],
      ['/var', 'firing'],
    ]);
  });
});

onBothEngines('an agent whose clock jumps', (database) => {
  const jumps = [HOUR, -HOUR, DAY, -DAY, -START];
  it.each(jumps)('by %d ms keeps its order, opens and ends incidents, and moves no clock of the contract', async (jump) => {
    const site = await siteOn(database());
    await site.alive(START);
    const from = { boot: 'b', agent: AGENT };
    await site.send([signalOf('firing', START)], START, { ...from, seq: 1 });
    // The agent believes it is `jump` later; the collector has measured that on its heartbeats.
    await site.send([signalOf('clear', START + 20 * MINUTE + jump)], START + 20 * MINUTE, { ...from, seq: 2, skewMs: jump });
    expect(await site.active()).toMatchObject([{ state: 'recovering' }]);
    await site.send([signalOf('firing', START + 25 * MINUTE + jump)], START + 25 * MINUTE, { ...from, seq: 3, skewMs: jump });
    const [incident] = await site.active();
    expect(incident).toMatchObject({ state: 'open', nextDueAt: START + 30 * MINUTE });
    // And back.
    await site.send([signalOf('clear', START + 40 * MINUTE)], START + 40 * MINUTE, { ...from, seq: 4, skewMs: 0 });
    expect(await site.active()).toMatchObject([{ state: 'recovering' }]);
    for (const { at, eventTime } of await site.events(incident?.id ?? '')) {
      expect(at).toBeGreaterThanOrEqual(START);
      expect(eventTime ?? at).toBeLessThanOrEqual(START + 40 * MINUTE);
      expect(eventTime ?? at).toBeGreaterThanOrEqual(START - 1_000);
    }
  });

  it('back between two payloads that then swap places, is ordered by the payloads', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START)], START, { boot: 'b', seq: 1 });
    await site.send([signalOf('firing', START + 10 * MINUTE)], START + 20 * MINUTE, { boot: 'b', seq: 3 });
    expect(await site.send([signalOf('clear', START + 15 * MINUTE)], START + 21 * MINUTE, { boot: 'b', seq: 2 })).toMatchObject({ late: 1 });
    expect(await site.active()).toMatchObject([{ state: 'open' }]);
  });

  it('ahead, before anybody measured it, cannot make its signals the newest for ever', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START + DAY)], START);
    await site.send([signalOf('clear', START + MINUTE)], START + MINUTE);
    expect(await site.active()).toMatchObject([{ state: 'recovering' }]);
  });
});

it.skipIf(NO_POSTGRES !== undefined)('two collectors that take the same trouble at once make one incident, and fire-resolve-fire ends firing', async () => {
  const url = await postgresUrl();
  await using one = await openDatabase({ url });
  await using two = await openDatabase({ url });
  const first = await siteOn(one);
  const second = await siteOn(two, { share: first });
  for (let round = 0; round < 10; round += 1) {
    const scope = { kind: 'Mount', node: 'node-1', name: `/r${round}` } as const;
    const now = START + round * HOUR;
    await Promise.all([first, second, first, second].map((site) => site.send([signalOf('firing', now, { scope })], now)));
    const states = ['firing', 'clear', 'firing', 'clear', 'firing'] as const;
    const sent = states
      .map((state, step) => ({ state, at: now + (step + 1) * MINUTE }))
      .toSorted((a, b) => ((a.at * 7_919 + round * 31) % 101) - ((b.at * 7_919 + round * 31) % 101));
    await Promise.all(sent.map(({ state, at }, index) => (index % 2 === 0 ? first : second).send([signalOf(state, at, { scope })], now + 10 * MINUTE)));
  }
  const incidents = await first.all(START);
  expect(incidents).toHaveLength(10);
  expect(new Set(incidents.map(({ number }) => number)).size).toBe(10);
  for (const { signalState, state, id } of incidents) {
    expect([state, signalState]).toEqual(['open', 'firing']);
    const versions = (await first.events(id)).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }
});
