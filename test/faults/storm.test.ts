/** Faults 13 and 14: storms and flapping. */
import { expect, it } from 'vitest';
import type { Signal } from '../../agent/wire/signal.ts';
import type { Command } from '../../collector/incidents/decide.ts';
import type { IncidentChange } from '../../collector/incidents/rules.ts';
import { onBothEngines } from '../support/databases.ts';
import { HOUR, inOrder, MINUTE, type Site, START, signalOf, siteOn } from '../support/incident-desk.ts';

const AREAS = ['node', 'disk', 'pod', 'workload'] as const;
/** Troubles of many agents, four families, all different scopes. */
function storm(count: number, now: (index: number) => number): Signal[] {
  return Array.from({ length: count }, (_, index) => {
    const area = AREAS[index % AREAS.length] ?? 'node';
    return signalOf('firing', now(index), { check: `${area}-broken`, area, severity: 'warning', scope: { kind: 'Pod', namespace: `ns-${index % 50}`, name: `pod-${index}` } });
  });
}
async function rows(site: Site, table: 'incident_events' | 'timers'): Promise<number> {
  const { db } = site.database;
  const query = db.selectFrom(table).innerJoin('incidents', 'incidents.id', `${table}.incident_id`).where('incidents.cluster_id', '=', site.clusterId);
  return Number((await query.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n);
}
/** What people are told at once: the kinds of change that notifications are made of. */
function told(changes: readonly IncidentChange[]): string[] {
  return changes.flatMap(({ events }) =>
    events.flatMap(({ body }) => {
      if (body.kind === 'signal') return body.flapping ? ['flapping'] : [];
      if (body.kind === 'cancelled') return body.reason === 'member-of-group' ? [] : ['cancelled'];
      return ['opened', 'grew', 'reopened', 'resolved', 'closed', 'releveled'].includes(body.kind) ? [body.kind] : [];
    }),
  );
}

onBothEngines('a storm', (database) => {
  it('of 10,000 signals within a minute loses none, is a handful of incidents, and lets a critical one through', { timeout: 120_000 }, async () => {
    const site = await siteOn(database());
    const all = storm(10_000, (index) => START + Math.floor(index / 170) * 1_000);
    const began = performance.now();
    let criticalAfterMs = Number.POSITIVE_INFINITY;
    for (let start = 0; start < all.length; start += 500) {
      const now = START + Math.floor(start / 170) * 1_000 + 3_000;
      await site.send(all.slice(start, start + 500), now, { agent: `${start}`.padStart(32, '0') });
      if (start === 5_000) {
        await site.send([signalOf('firing', now, { area: 'node', check: 'node-broken', scope: { kind: 'Node', name: 'etcd-1' } })], now);
        const critical = (await site.active()).filter(({ level, source }) => level === 1 && source === 'agent');
        expect(critical).toMatchObject([{ scope: { name: 'etcd-1' }, state: 'open' }]);
        criticalAfterMs = 0;
      }
    }
    expect(criticalAfterMs).toBe(0);
    expect(performance.now() - began).toBeLessThan(60_000);
    const active = await site.active();
    expect(active.length).toBeLessThanOrEqual(6);
    const groups = active.filter(({ source }) => source === 'group');
    expect(groups.map(({ members }) => members)).toEqual([2_500, 2_500, 2_500, 2_500]);
    const signals = await database()
      .db.selectFrom('signals')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('cluster_id', '=', site.clusterId)
      .executeTakeFirstOrThrow();
    expect(Number(signals.n)).toBe(10_001);
    expect(await rows(site, 'incident_events')).toBeLessThan(500);
    expect(told(site.changes).length).toBeLessThan(80);
    // Again, all of it: nothing grows.
    const before = await rows(site, 'incident_events');
    for (let start = 0; start < all.length; start += 2_000) await site.send(all.slice(start, start + 2_000), START + 2 * MINUTE);
    expect(await rows(site, 'incident_events')).toBe(before);
    // And it ends when all of it is over, not before.
    const over = START + 20 * MINUTE;
    const clear = all.map((signal) => ({ ...signal, state: 'clear' as const, at: over / 1_000 }));
    for (let start = 0; start < clear.length - 1; start += 2_000) await site.send(clear.slice(start, Math.min(start + 2_000, clear.length - 1)), over);
    await site.tick(over + 10 * MINUTE);
    expect((await site.active()).filter(({ source, state }) => source === 'group' && state === 'open')).toHaveLength(1);
    await site.send(clear.slice(-1), over + 11 * MINUTE);
    await site.tick(over + 21 * MINUTE);
    expect((await site.active()).filter(({ source }) => source === 'group').map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
  });

  it('trickling in one by one becomes a group too; what comes after it has calmed stands for itself', async () => {
    const site = await siteOn(database());
    for (let index = 0; index < 40; index += 1) await site.send(storm(160, () => START + index * 1_000).slice(index * 4, index * 4 + 1), START + index * 1_000);
    expect(await site.active()).toMatchObject([{ source: 'group', members: 40, state: 'open', rule: 'node-broken' }]);
    const cancelled = (await site.all()).filter(({ closure }) => closure === 'member-of-group');
    expect(cancelled).toHaveLength(10);
    const later = START + HOUR;
    await site.send([signalOf('firing', later, { area: 'node', check: 'node-broken', severity: 'warning', scope: { kind: 'Pod', namespace: 'n', name: 'late' } })], later);
    expect(inOrder((await site.active()).map(({ source }) => source))).toEqual(['agent', 'group']);
  });

  it('leaves alone what somebody works on, and a member that becomes critical leaves the list', async () => {
    const site = await siteOn(database());
    const all = storm(80, () => START).filter((_, index) => index % 4 === 0);
    const run = (incidentId: string, command: Command) => site.machine.command({ incidentId, command, actor: { kind: 'user', id: 'u' }, visibility: 'all' }, START);
    await site.send([...all.slice(0, 1), ...all.slice(-2)], START);
    const [worked = '', assigned = '', observed = ''] = (await site.active()).toSorted((one, other) => one.number - other.number).map(({ id }) => id);
    await run(worked, { kind: 'acknowledge' });
    await run(assigned, { kind: 'assign', to: 'u', name: '李' });
    await run(observed, { kind: 'acknowledge' });
    await site.send([{ ...(all.at(-1) as Signal), state: 'clear', at: START / 1_000 + 1 }], START + 1_000);
    await site.send(all.slice(1, -2), START + 2_000);
    const own = new Map((await site.active()).map(({ id, state }) => [id, state]));
    expect([own.get(worked), own.get(assigned), own.get(observed)]).toEqual(['acknowledged', 'open', 'recovering']);
    await run(assigned, { kind: 'cancel', reason: 'policy' });
    await run(observed, { kind: 'cancel', reason: 'policy' });
    expect(inOrder((await site.active()).map(({ id, source, state }) => (id === worked ? state : source)))).toEqual(['acknowledged', 'group']);
    const [, second] = all;
    if (!second) throw new Error('no second signal');
    await site.send([{ ...second, severity: 'critical', at: second.at + 60 }], START + MINUTE);
    expect((await site.active()).filter(({ level }) => level === 1)).toMatchObject([{ source: 'agent', scope: { name: second.scope.name } }]);
  });

  it('that comes and goes as a whole has a bounded history, and ends when it has settled', async () => {
    const site = await siteOn(database());
    const agent = storm(80, () => START).filter((_, index) => index % 4 === 0);
    for (let now = START, firing = true; now <= START + HOUR; now += 30_000, firing = !firing) {
      await site.send(
        agent.map((signal) => ({ ...signal, state: firing ? ('firing' as const) : ('clear' as const), at: now / 1_000 })),
        now,
      );
      if ((now - START) % MINUTE === 0) await site.tick(now);
    }
    expect(await site.active()).toMatchObject([{ source: 'group', isFlapping: true, state: 'open', members: 20 }]);
    expect(await rows(site, 'incident_events')).toBeLessThan(40);
    const over = START + HOUR + 30_000;
    await site.send(
      agent.map((signal) => ({ ...signal, state: 'clear' as const, at: over / 1_000 })),
      over,
    );
    for (let now = over; now < over + HOUR; now += MINUTE) await site.tick(now);
    expect(await site.active()).toMatchObject([{ isFlapping: false, state: 'resolved' }]);
    expect(told(site.changes)).toEqual(['opened', 'flapping', 'resolved']);
  });

  it('inside maintenance is a group that nobody is woken for, until a member fires outside of it', async () => {
    const site = await siteOn(database());
    const quiet = storm(80, () => START).filter((_, index) => index % 4 === 0);
    await site.send(
      quiet.map((signal) => ({ ...signal, maintenance: true })),
      START,
    );
    expect(await site.active()).toMatchObject([{ source: 'group', state: 'suppressed' }]);
    await site.send(
      quiet.slice(0, 1).map((signal) => ({ ...signal, at: signal.at + 60 })),
      START + MINUTE,
    );
    expect(await site.active()).toMatchObject([{ source: 'group', state: 'open' }]);
  });

  it('of 500 clusters at once is a group and the critical one in each', { timeout: 120_000 }, async () => {
    const sites: Site[] = [];
    for (let index = 0; index < 500; index += 1) sites.push(await siteOn(database()));
    const batch = [...storm(80, () => START).filter((_, index) => index % 4 === 0), signalOf('firing', START)];
    const waiting = [...sites];
    const began = performance.now();
    // As the ingest does it: a few transactions at a time.
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let site = waiting.pop(); site; site = waiting.pop()) await site.send(batch, START);
      }),
    );
    expect(performance.now() - began).toBeLessThan(60_000);
    const numbers = new Set<number>();
    for (const site of sites) {
      const active = await site.active();
      expect(inOrder(active.map(({ source, level, members }) => [source, level, members]))).toEqual([
        ['agent', 1, 0],
        ['group', 3, 20],
      ]);
      for (const { number } of active) numbers.add(number);
    }
    expect(numbers.size).toBe(1_000);
  });
});

onBothEngines('a trouble that comes and goes every 30 s for six hours', (database) => {
  it('is one incident with a bounded history, told four times at most, and settles', { timeout: 120_000 }, async () => {
    const site = await siteOn(database());
    await site.alive(START);
    const end = START + 6 * HOUR;
    for (let now = START, firing = true; now <= end; now += 30_000, firing = !firing) {
      await site.send([signalOf(firing ? 'firing' : 'clear', now)], now);
      if ((now - START) % MINUTE === 0) {
        await site.alive(now);
        await site.tick(now);
      }
    }
    const [incident, ...others] = await site.all();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ isFlapping: true, state: 'open' });
    const during = told(site.changes);
    expect(during.length).toBeLessThanOrEqual(4);
    expect(during).toEqual(['opened', 'flapping']);
    expect((await site.events(incident?.id ?? '')).length).toBeLessThan(40);
    // The reminder after six hours of it, then the end.
    await site.tick(START + 6 * HOUR + 10 * MINUTE);
    await site.send([signalOf('clear', end + 11 * MINUTE)], end + 11 * MINUTE);
    for (let now = end + 12 * MINUTE; now < end + 2 * HOUR; now += MINUTE) {
      await site.alive(now);
      await site.tick(now);
    }
    expect(told(site.changes)).toEqual(['opened', 'flapping', 'flapping', 'resolved']);
    expect((await site.all())[0]).toMatchObject({ isFlapping: false, state: 'resolved' });
  });
});
