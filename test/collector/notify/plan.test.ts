import { beforeEach, expect, it } from 'vitest';
import type { EventBody } from '../../../collector/incidents/event.ts';
import type { IncidentChange } from '../../../collector/notify/change.ts';
import { setSubscription } from '../../../collector/store/notification-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { changeOf, eventOf, MONDAY, OPENED } from '../../support/incident-change.ts';
import { emptyOutbox, type NotifyWorld, notifyWorld } from '../../support/notify-world.ts';

const HOUR = 3_600_000;
const WEBHOOK = { kind: 'webhook', config: { kind: 'webhook', url: 'https://hooks.example.com/' }, secrets: { signingKey: 'a signing key of the test' } };
const EMAIL = { kind: 'email', config: { kind: 'email', host: 'mail.example.com', from: 'support@example.com' }, secrets: {} };
const NIGHT = { zone: 'Asia/Shanghai', intervals: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }] };
const PEOPLE = {
  customer: [{ name: '王', email: 'wang@bank.example', locale: 'zh' as const }],
  'customer-representative': [{ email: 'rep@vendor.example' }],
  support: [{ email: 'support-team@vendor.example' }],
  assignee: [{ email: 'li@vendor.example' }],
  'duty-manager': [{ email: 'duty@vendor.example', locale: 'en' as const }],
};

onBothEngines('planning', (database) => {
  let world: NotifyWorld;
  beforeEach(async () => {
    await emptyOutbox(database());
    world = notifyWorld(database());
  });
  const told = async (): Promise<readonly string[]> =>
    (await world.outbox.list('all', { limit: 500 }))
      .toReversed()
      .map(({ message: { topic, recipient, voice, locale } }) => [topic, recipient, voice, locale].filter((one) => one !== undefined).join(' '));
  const withPeople = (change: IncidentChange): IncidentChange => ({ ...change, people: PEOPLE });

  it('confirms every incident that opened itself to the customer, in the language of each reader', async () => {
    await world.target(EMAIL, { audiences: ['customer', 'support'] });
    await world.plan(withPeople(changeOf({ customerLocale: 'en' }, OPENED)));
    expect(await told()).toEqual(['opened wang@bank.example customer zh', 'opened support-team@vendor.example support en']);
  });

  it('tells of what opened, was resolved and was closed whom the contract names', async () => {
    await world.target(EMAIL, { audiences: ['customer', 'customer-representative', 'support'] });
    const notices = { opened: ['support'], resolved: ['customer-representative'], closed: [] } as const;
    const people = { ...PEOPLE, 'customer-representative': [{ email: 'rep@vendor.example', locale: 'zh' as const }] };
    for (const body of [OPENED, { kind: 'resolved', by: 'person', code: 'fixed' }, { kind: 'closed', closure: 'confirmed' }] satisfies EventBody[])
      await world.plan({ ...changeOf({}, body), people, notices });
    expect(await told()).toEqual(['opened support-team@vendor.example support zh', 'resolved rep@vendor.example support zh']);
  });

  it('tells the customer of updates only on request', async () => {
    await world.target(EMAIL, { audiences: ['customer'] });
    const update: EventBody = { kind: 'note', visibility: 'customer', text: '补丁已安装' };
    await world.plan(withPeople(changeOf({}, update)));
    expect(await told()).toEqual([]);
    const { db } = database();
    await db
      .insertInto('customers')
      .values({ id: 'c1', name: 'c', zone: 'Asia/Shanghai', locale: 'zh', contacts: '{}', demo: 0, created_at: 0 })
      .onConflict((one) => one.doNothing())
      .execute();
    const zero = {
      number: 1024,
      customer_id: 'c1',
      dedup_key: 'k',
      kind: 'incident',
      state: 'open',
      signal_state: 'firing',
      level: 2,
      severity: 'critical',
      rule: 'r',
      source: 'agent',
      policy: 'p',
      members: 0,
      reopened: 0,
      flapping: 0,
      version: 1,
      opened_at: 1,
      updated_at: 1,
      breached: 0,
      active: 1,
    };
    await db
      .insertInto('incidents')
      .values({ id: 'i-1024', ...zero })
      .execute();
    await setSubscription(db, 'i-1024', 'wang@bank.example', true);
    await setSubscription(db, 'i-1024', 'wang@bank.example', true);
    await world.plan(withPeople(changeOf({ version: 2 }, update)));
    expect(await told()).toEqual(['update wang@bank.example customer zh']);
    await setSubscription(db, 'i-1024', 'wang@bank.example', false);
    await world.plan(withPeople(changeOf({ version: 3 }, update)));
    expect(await told()).toHaveLength(1);
  });

  it('never lets an internal note, or another customer, reach a customer', async () => {
    await world.target({ ...WEBHOOK, customerId: 'c1' });
    await world.target({ ...WEBHOOK, customerId: 'c2' });
    await world.target(EMAIL, { audiences: ['customer', 'support'] });
    await world.plan(
      withPeople(changeOf({}, { kind: 'note', visibility: 'internal', text: 'between us' }, { kind: 'clock', clock: 'respond', percent: 75, dueAt: MONDAY, late: false })),
    );
    const rows = await world.outbox.list('all');
    expect(rows.map(({ message }) => message.recipient)).toEqual(['support-team@vendor.example', 'support-team@vendor.example']);
    await world.plan(changeOf({ version: 9 }, OPENED));
    const owners = new Map((await world.targets.list('all')).map(({ id, customerId }) => [id, customerId]));
    expect((await world.outbox.list('all')).map(({ targetId }) => owners.get(targetId))).not.toContain('c2');
    expect(await world.outbox.list(['c1'])).toHaveLength(1);
    expect(await world.outbox.list([])).toHaveLength(0);
  });

  it('does not take a route of one customer to the target of another', async () => {
    const target = await world.targets.create({ customerId: 'c2', name: 'theirs', ...WEBHOOK }, { kind: 'user', id: 'u' }, MONDAY);
    const save = world.routes.save({ customerId: 'c1', targetId: target.id, rules: { audiences: ['customer'] } }, 'all', { kind: 'user', id: 'u' }, MONDAY);
    await expect(save).rejects.toThrow("customer's target gets that customer's incidents only");
  });

  it('tells the duty manager and the representative of a level 1 at once, and the customer every hour', async () => {
    await world.target(EMAIL, { audiences: ['customer', 'customer-representative', 'duty-manager'] });
    const escalated: EventBody = { kind: 'escalated', step: 1, to: 'duty-manager' };
    const duty = { key: 'escalate-1', dueAt: MONDAY, body: escalated, tell: ['duty-manager', 'customer-representative'] as const, rule: 'escalation.level-1' };
    await world.plan(withPeople({ ...changeOf({ version: 2, level: 1 }, escalated), duty }));
    await world.plan(withPeople({ ...changeOf({ version: 2, level: 1 }), duty: { key: 'status-1', dueAt: MONDAY + HOUR, tell: ['customer'] as const, rule: 'status.hourly' } }));
    await world.plan(withPeople({ ...changeOf({ version: 2, level: 1 }), duty: { key: 'status-1', dueAt: MONDAY + HOUR, tell: ['customer'] as const, rule: 'status.hourly' } }));
    expect((await told()).toSorted()).toEqual(['escalation duty@vendor.example support en', 'escalation rep@vendor.example support zh', 'status wang@bank.example customer zh']);
  });

  it('holds messages back in quiet hours, lets level 1 through, and takes what was held along', async () => {
    await world.target(WEBHOOK, { audiences: ['support'], quiet: { hours: NIGHT } });
    world.now = MONDAY + 15 * HOUR; // Tuesday 01:00 in Shanghai
    await world.plan(changeOf({}, OPENED));
    const held = (await world.outbox.list('all'))[0];
    expect(new Date(held?.nextAt ?? 0).toISOString()).toBe('2026-11-23T23:00:00.000Z'); // 07:00 there
    await world.plan(changeOf({ level: 1, version: 2 }, { kind: 'releveled', from: 2, to: 1, reason: 'person' }));
    expect((await world.outbox.list('all')).map(({ nextAt }) => nextAt)).toEqual([world.now, world.now]);
  });

  it('follows levels, topics and hours', async () => {
    const office = { zone: 'Asia/Shanghai', intervals: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] };
    const at = async (hours: number, level: 1 | 3): Promise<number> => {
      world.now = MONDAY + hours * HOUR;
      const change = changeOf({ level, id: `i-${hours}-${level}` }, OPENED);
      return await world.plan({ ...change, newEvents: [{ ...eventOf(1, OPENED, world.now), incidentId: change.incident.id }] });
    };
    await world.target(WEBHOOK, { audiences: ['support'], hours: office });
    await world.target(WEBHOOK, { audiences: ['support'], outsideHours: office, levels: [1] });
    await world.target(WEBHOOK, { audiences: ['support'], topics: ['closed'] });
    expect([await at(1, 3), await at(12, 3), await at(12, 1), await at(1, 1)]).toEqual([1, 0, 1, 1]);
    expect(await world.registry.metrics()).toContain('xunjian_notifications_unrouted_total 1');
  });

  it('says a flapping trouble at its start, every six hours, and when it settles', async () => {
    await world.target(WEBHOOK);
    const signal = (flapping: boolean): EventBody => ({ kind: 'signal', state: 'firing', severity: 'warning', flapping, late: false });
    await world.plan(changeOf({}, OPENED));
    for (let minute = 0; minute < 13 * 60; minute += 5) {
      world.now = MONDAY + minute * 60_000;
      const body: EventBody = minute % 2 === 0 ? { kind: 'resolved', by: 'observation', code: 'cleared' } : { kind: 'reopened' };
      await world.plan(changeOf({ version: 2 + minute * 2, flappingSince: MONDAY }, signal(true), body));
    }
    await world.plan(changeOf({ version: 9_000 }, signal(false)));
    await world.plan(changeOf({ version: 9_001 }, signal(false)));
    expect((await told()).map((one) => one.split(' ')[0])).toEqual(['opened', 'flapping', 'flapping', 'flapping', 'settled']);
  });

  it('calls who is on call, the fallback where there is nobody, and counts that', async () => {
    const office = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];
    const layers = [{ name: 'day', startsOn: '2026-11-02', handover: '09:00', shiftDays: 7, people: ['a', 'b'], hours: office }];
    const people = [
      { id: 'a', email: 'a@vendor.example' },
      { id: 'b', email: 'b@vendor.example' },
      { id: 'z', email: 'z@vendor.example' },
    ];
    const rota = await world.rotas.save({ name: 'first line', plan: { zone: 'Asia/Shanghai', people, layers, fallback: ['z'] } }, { kind: 'user', id: 'u' }, MONDAY);
    await world.target(EMAIL, { audiences: ['support'] }, { rotaId: rota.id });
    await world.plan(changeOf({}, OPENED));
    world.now = MONDAY + 14 * HOUR;
    await world.plan(changeOf({ version: 2 }, { kind: 'acknowledged' }));
    expect(await told()).toEqual(['opened b@vendor.example support zh', 'acknowledged z@vendor.example support zh']);
    expect(await world.registry.metrics()).toContain('xunjian_rota_gaps_total{because="fallback"} 1');
    await expect(world.rotas.remove(rota.id, { kind: 'user', id: 'u' }, MONDAY)).rejects.toThrow('still uses this rota');
    await expect(world.rotas.save({ name: 'gaps', plan: { zone: 'Asia/Shanghai', people, layers } }, { kind: 'user', id: 'u' }, MONDAY)).rejects.toThrow('nobody is on call');
  });

  it('keeps secrets sealed, unchanged by an edit without them, and erases them with the target', async () => {
    const target = await world.target(WEBHOOK);
    expect(JSON.stringify(await world.targets.list('all'))).not.toContain('signing key');
    const stored = async (): Promise<Uint8Array | null> => (await database().db.selectFrom('targets').select('secrets').executeTakeFirstOrThrow()).secrets;
    expect(Buffer.from((await stored()) ?? []).toString('latin1')).not.toContain('signing key');
    await world.targets.update(target.id, { name: 'renamed' }, 'all', { kind: 'user', id: 'u' }, MONDAY);
    expect((await world.targets.open(target.id)).secrets).toEqual(WEBHOOK.secrets);
    await expect(world.targets.get(target.id, ['c1'])).rejects.toThrow('no such target');
    await world.plan(changeOf({}, OPENED));
    await world.targets.remove(target.id, 'all', { kind: 'user', id: 'u' }, MONDAY);
    expect(await stored()).toBeNull();
    expect(await world.states()).toEqual(['opened dead']);
    expect(await world.targets.list('all')).toEqual([]);
  });

  it('names what is wrong with a target without repeating its secrets', async () => {
    const wrong = world.targets.create(
      { customerId: null, name: 'x', kind: 'webhook', config: { kind: 'webhook', url: 'ftp://x' }, secrets: { signingKey: 'short' } },
      { kind: 'user', id: 'u' },
      MONDAY,
    );
    await expect(wrong).rejects.toThrow(/config\.url.*secrets\.signingKey/);
    await expect(wrong).rejects.not.toThrow('short:');
  });

  it('goes on with the other routes when one is of a newer program', async () => {
    await world.target(WEBHOOK);
    await world.target(WEBHOOK);
    const [route] = await world.routes.list('all');
    await database()
      .db.updateTable('routes')
      .set({ rules: '{"audiences":["robots"]}' })
      .where('id', '=', route?.id ?? '')
      .execute();
    expect(await world.plan(changeOf({}, OPENED))).toBe(1);
  });
});
