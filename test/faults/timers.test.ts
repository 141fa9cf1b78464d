/** Fault 17: nobody was there when a deadline passed; the database failed while it was written; several collectors looked at once. */
import { expect, it } from 'vitest';
import { openDatabase } from '../../collector/store/database.ts';
import { onBothEngines } from '../support/databases.ts';
import { HOUR, MINUTE, START, signalOf, siteOn } from '../support/incident-desk.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';

onBothEngines('timers', (database) => {
  it('fire once and late after downtime, with the true time, and tell the last threshold only', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START)], START);
    const id = (await site.active())[0]?.id ?? '';
    const back = START + 10 * HOUR;
    expect(await site.machine.runTimers(back, { by: 'one' })).toMatchObject({ fired: 2, late: 2, failed: 0 });
    expect(await site.machine.runTimers(back + MINUTE, { by: 'one' })).toMatchObject({ fired: 0 });
    const clocks = (await site.events(id)).filter(({ body }) => body.kind === 'clock');
    expect(clocks.map(({ at, eventTime, body }) => ({ at, eventTime, ...body }))).toEqual(
      [15, 30].map((minutes) => ({
        ...{ at: back, eventTime: START + minutes * MINUTE, kind: 'clock', clock: 'respond', late: true },
        ...{ percent: minutes === 15 ? 50 : 100, dueAt: START + minutes * MINUTE },
      })),
    );
    expect(site.changes.filter(({ duty }) => duty).map(({ tell }) => tell)).toEqual([[], ['support']]);
    const detail = await site.machine.detail('all', id, { now: back, internal: true });
    expect(detail.clocks[0]?.breachedAt).toBe(START + 30 * MINUTE);
    expect(detail.summary.isBreached).toBe(true);
  });

  it('in time are not late, and what was met does not fire', async () => {
    const site = await siteOn(database());
    await site.send([signalOf('firing', START)], START);
    expect(await site.machine.runTimers(START + 15 * MINUTE + 10_000, { by: 'one' })).toMatchObject({ fired: 1, late: 0 });
    const id = (await site.active())[0]?.id ?? '';
    await site.machine.command({ incidentId: id, command: { kind: 'acknowledge' }, actor: { kind: 'user', id: 'u' }, visibility: 'all' }, START + 20 * MINUTE);
    expect(await site.machine.runTimers(START + HOUR, { by: 'one' })).toMatchObject({ fired: 0 });
  });

  it('survive a failure while they fire: nothing half done, tried again, done once', async () => {
    const open = database();
    const site = await siteOn(open);
    await site.send([signalOf('firing', START)], START);
    const id = (await site.active())[0]?.id ?? '';
    const now = START + 15 * MINUTE;
    let [failures, calls] = [3, 0];
    const breaking = {
      ...open,
      transaction: (async (work) =>
        await open.transaction(async (db) => {
          const result = await work(db);
          calls += 1;
          if (calls > 1 && failures > 0) {
            failures -= 1;
            throw new Error('the connection was lost before the commit');
          }
          return result;
        })) as typeof open.transaction,
    };
    const errors: unknown[] = [];
    const { machine } = await siteOn(breaking, { share: site });
    for (let round = 0; round < 3; round += 1) {
      calls = 0;
      expect(await machine.runTimers(now + round * 61_000, { by: 'one', onError: (error) => errors.push(error) })).toMatchObject({ fired: 0, failed: 1 });
      expect((await site.events(id)).filter(({ body }) => body.kind === 'clock')).toEqual([]);
    }
    expect(errors).toHaveLength(3);
    // Until the claim has run out nobody touches it; then it is done.
    expect(await site.machine.runTimers(now + 2 * 61_000 + 1_000, { by: 'two' })).toMatchObject({ fired: 0 });
    expect(await site.machine.runTimers(now + 4 * 61_000, { by: 'two' })).toMatchObject({ fired: 1, late: 1 });
    expect((await site.events(id)).filter(({ body }) => body.kind === 'clock')).toHaveLength(1);
  });

  it('of a claim that ran out while its holder slept are fenced: the other’s effect is the only one', async () => {
    const open = database();
    const site = await siteOn(open);
    await site.send([signalOf('firing', START)], START);
    const now = START + 16 * MINUTE;
    const sleepy = {
      ...open,
      transaction: (async (work) => {
        const result = await open.transaction(work);
        if (Array.isArray(result)) expect(await site.machine.runTimers(now + 2 * MINUTE, { by: 'awake' })).toMatchObject({ fired: 1 });
        return result;
      }) as typeof open.transaction,
    };
    const { machine } = await siteOn(sleepy, { share: site });
    expect(await machine.runTimers(now, { by: 'sleepy' })).toMatchObject({ fired: 0, failed: 0 });
    expect((await site.events((await site.active())[0]?.id ?? '')).filter(({ body }) => body.kind === 'clock')).toHaveLength(1);
  });

  it('that only tell somebody tell once, also when the claim passes to a process of the same name', async () => {
    const open = database();
    const duty = { key: 'tell', dueAt: START + MINUTE, tell: ['duty-manager'], rule: 'escalation.duty-manager' } as const;
    const rules = { dutiesOf: () => [duty] };
    const site = await siteOn(open, { rules });
    await site.send([signalOf('firing', START)], START);
    const told: unknown[] = [];
    const sleepy = {
      ...open,
      transaction: (async (work) => {
        const result = await open.transaction(work);
        if (Array.isArray(result)) expect(await site.machine.runTimers(START + 5 * MINUTE, { by: 'same' })).toMatchObject({ fired: 1 });
        return result;
      }) as typeof open.transaction,
    };
    const late = await siteOn(sleepy, { share: site, rules });
    expect(await late.machine.runTimers(START + 2 * MINUTE, { by: 'same' })).toMatchObject({ fired: 0, failed: 0 });
    for (const { duty: done, events, tell } of [...site.changes, ...late.changes]) if (done) told.push([done.key, events, tell]);
    expect(told).toEqual([['tell', [], ['duty-manager']]]);
  });
});

it.skipIf(NO_POSTGRES !== undefined)('several collectors on one database share the due timers, and each fires once', async () => {
  const url = await postgresUrl();
  await using one = await openDatabase({ url });
  await using two = await openDatabase({ url });
  const first = await siteOn(one, { settings: { groupAbove: 1_000 } });
  const second = await siteOn(two, { share: first });
  await first.send(
    Array.from({ length: 60 }, (_, index) => signalOf('firing', START, { scope: { kind: 'Mount', node: 'node-1', name: `/d${index}` } })),
    START,
  );
  const now = START + 15 * MINUTE;
  const runs = await Promise.all([first, second, first, second].map((site, index) => site.machine.runTimers(now, { by: `c${index}`, limit: 40 })));
  const more = await Promise.all([first, second].map((site, index) => site.machine.runTimers(now + 1, { by: `d${index}` })));
  expect([...runs, ...more].reduce((sum, { fired }) => sum + fired, 0)).toBe(60);
  expect([...runs, ...more].every(({ failed }) => failed === 0)).toBe(true);
  const clocks = await one.db.selectFrom('incident_events').select('incident_id').where('kind', '=', 'clock').execute();
  expect(new Set(clocks.map(({ incident_id }) => incident_id)).size).toBe(60);
  expect(clocks).toHaveLength(60);
});
