import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webhookBody } from '../../../collector/notify/targets/webhook.ts';
import { listAudit } from '../../../collector/store/audit-store.ts';
import { openDatabase } from '../../../collector/store/database.ts';
import { onBothEngines } from '../../support/databases.ts';
import { changeOf, factsOf, MONDAY, OPENED } from '../../support/incident-change.ts';
import { emptyOutbox, type NotifyWorld, notifyWorld } from '../../support/notify-world.ts';
import { NO_POSTGRES, postgresUrl } from '../../support/postgres.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';

const KEY = 'a signing key of the test';
const HOUR = 3_600_000;

onBothEngines('the outbox', (database) => {
  let receiver: Receiver;
  let world: NotifyWorld;
  beforeEach(async () => {
    await emptyOutbox(database());
    receiver = await startReceiver();
    world = notifyWorld(database());
  });
  afterEach(() => receiver[Symbol.asyncDispose]());
  const webhook = async (rules?: unknown): Promise<string> =>
    (await world.target({ kind: 'webhook', config: { kind: 'webhook', url: `${receiver.url}/hook` }, secrets: { signingKey: KEY } }, rules)).id;
  const topics = (): string[] => receiver.received.map(({ body }) => `${JSON.parse(body).incident.version} ${JSON.parse(body).type}`);

  it('sends what was planned once, signed, with an event id that repeats with the message', async () => {
    await webhook();
    expect(await world.plan(changeOf({}, OPENED))).toBe(1);
    expect(await world.plan(changeOf({}, OPENED))).toBe(0);
    await world.drain();
    expect(receiver.received).toHaveLength(1);
    const [{ headers, body }] = receiver.received as [Receiver['received'][number]];
    const expected = createHmac('sha256', KEY)
      .update(`${String(headers['x-xunjian-timestamp'])}.${body}`)
      .digest('hex');
    expect(headers['x-xunjian-signature']).toBe(`v1=${expected}`);
    expect(headers['x-xunjian-event-id']).toBe(JSON.parse(body).id);
    expect(JSON.parse(body)).toMatchObject({ type: 'incident.opened', incident: { number: 1024, level: 2, scope: { node: 'worker-07' } } });
    expect(await world.states()).toEqual(['opened sent']);
  });

  it('is planned with the change or not at all', async () => {
    await webhook();
    const { plan } = await import('../../../collector/notify/plan.ts');
    await expect(
      database().transaction(async (db) => {
        await plan(db, changeOf({}, OPENED), MONDAY);
        throw new Error('the incident could not be stored');
      }),
    ).rejects.toThrow('could not be stored');
    expect(await world.states()).toEqual([]);
  });

  it('keeps the order of an incident while its target is down for a day, and sends everything once when it is back', async () => {
    await webhook();
    receiver.answer = (response) => void response.writeHead(503).end();
    await world.plan(changeOf({ version: 1 }, OPENED));
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      world.now = MONDAY + minutes * 60_000;
      if (minutes === 60) await world.plan(changeOf({ version: 2 }, { kind: 'acknowledged' }));
      if (minutes === 600) await world.plan(changeOf({ version: 3, id: 'i-2', number: 2 }, OPENED));
      if (minutes === 1200) await world.plan(changeOf({ version: 4 }, { kind: 'resolved', by: 'person', code: 'fixed' }));
      await world.drain();
    }
    const attempts = receiver.received.length;
    expect(attempts).toBeGreaterThan(40);
    expect(attempts).toBeLessThan(145); // half an hour at most apart, at random half of it
    receiver.received.length = 0;
    receiver.answer = (response) => void response.end('{}');
    for (let turn = 0; turn < 5; turn += 1) {
      world.now += 31 * 60_000;
      await world.drain();
    }
    expect(topics().filter((one) => !one.startsWith('3'))).toEqual(['1 incident.opened', '2 incident.acknowledged', '4 incident.resolved']);
    expect(topics()).toContain('3 incident.opened');
    expect(topics()).toHaveLength(4);
    expect(await world.states()).toEqual(['opened sent', 'acknowledged sent', 'opened sent', 'resolved sent']);
  });

  it('does not let one message that breaks its receiver keep all the others', async () => {
    await webhook();
    receiver.answer = (response, { body }) => void response.writeHead(JSON.parse(body).incident.number === 13 ? 500 : 200).end();
    for (const number of [13, 14, 15, 16]) await world.plan(changeOf({ id: `i-${number}`, number }, OPENED));
    for (let minutes = 0; minutes < 60; minutes += 1) {
      world.now = MONDAY + minutes * 60_000;
      await world.drain();
      if (minutes === 2) expect((await world.states()).toSorted()).toEqual(['opened pending', 'opened sent', 'opened sent', 'opened sent']);
    }
    expect(receiver.received.length).toBeGreaterThan(10);
    expect(receiver.received.length).toBeLessThan(60);
  });

  it('waits as long as a receiver asks that limits the rate', async () => {
    await webhook();
    receiver.answer = (response) => void response.writeHead(429, { 'retry-after': '120' }).end();
    await world.plan(changeOf({}, OPENED));
    await world.drain();
    world.now = MONDAY + 119_000;
    await world.drain();
    expect(receiver.received).toHaveLength(1);
    receiver.answer = (response) => void response.end('{}');
    world.now = MONDAY + 130_000;
    await world.drain();
    expect(receiver.received).toHaveLength(2);
    expect(await world.states()).toEqual(['opened sent']);
  });

  it('repeats a message whose answer never came with the same event id and the same idempotency key', async () => {
    await webhook();
    receiver.answer = () => undefined; // took it, says nothing
    await world.plan(changeOf({}, OPENED));
    await world.worker({ deadlineMs: 300 }).runOnce();
    receiver.answer = (response) => void response.end('{}');
    world.now += HOUR;
    await world.drain();
    const [first, second] = receiver.received.map(({ headers }) => [headers['x-xunjian-event-id'], headers['idempotency-key']]);
    expect(receiver.received).toHaveLength(2);
    expect(first).toEqual(second);
  });

  it('gives a refused message up at once with the reason and a line in the audit log, and goes on with the next', async () => {
    await webhook();
    receiver.answer = (response) => void response.writeHead(400).end(`no: ${KEY}`);
    await world.plan(changeOf({}, OPENED));
    await world.drain();
    receiver.answer = (response) => void response.end('{}');
    await world.plan(changeOf({ version: 2 }, { kind: 'acknowledged' }));
    await world.drain();
    expect(await world.states()).toEqual(['opened dead', 'acknowledged sent']);
    const [record] = await listAudit(database().db, 'all', { limit: 1 });
    expect(record).toMatchObject({ action: 'notification.dead', details: { topic: 'opened', failure: 'rejected' } });
    expect(JSON.stringify(record)).toContain('HTTP 400: no: ***');
    expect(JSON.stringify(record)).not.toContain(KEY);
    const [dead] = await world.outbox.list('all', { state: 'dead' });
    await world.outbox.revive(dead?.id ?? 0, { kind: 'user', id: 'u1' }, world.now);
    await world.drain();
    expect(await world.states()).toEqual(['opened sent', 'acknowledged sent']);
  });

  it('gives up what could not be sent for days, also what was never tried', async () => {
    await webhook();
    receiver.answer = (response) => void response.writeHead(500).end();
    for (let version = 1; version <= 30; version += 1) await world.plan(changeOf({ id: `i-${version}`, version: 1 }, OPENED));
    for (let hours = 0; hours <= 8 * 24; hours += 4) {
      world.now = MONDAY + hours * HOUR;
      await world.worker().runOnce();
    }
    expect(new Set(await world.states())).toEqual(new Set(['opened dead']));
    expect(await world.registry.metrics()).toContain('xunjian_notifications_dead_total{kind="webhook"} 30');
    const { error } = (await world.targets.list('all'))[0] ?? {};
    expect(error).toMatchObject({ failure: 'unavailable' });
  });

  it('sends again at most once what was sent by a collector that died before it could say so', async () => {
    await webhook();
    await world.plan(changeOf({}, OPENED));
    const { claim } = await import('../../../collector/store/outbox-claim.ts');
    const options = { token: 'dead collector', now: world.now, leaseMs: 15_000, most: 10, limitOf: () => undefined, merge: () => [], superseded: ['status'] };
    expect(await claim(database(), options)).toHaveLength(1); // sent, then killed
    await world.drain();
    expect(receiver.received).toHaveLength(0); // its lease holds
    world.now += 15_000;
    await world.drain();
    await world.drain();
    expect(receiver.received).toHaveLength(1);
  });

  it('does not believe a worker whose lease had ended', async () => {
    await webhook();
    await world.plan(changeOf({}, OPENED));
    const { claim } = await import('../../../collector/store/outbox-claim.ts');
    const { markFailed, markSent } = await import('../../../collector/store/outbox-outcome.ts');
    const options = { now: world.now, leaseMs: 1_000, most: 10, limitOf: () => undefined, merge: () => [], superseded: ['status'] };
    const [slow] = await claim(database(), { ...options, token: 'slow' });
    const [fast] = await claim(database(), { ...options, token: 'fast', now: world.now + 1_000 });
    if (!slow || !fast) throw new Error('both claim it');
    expect(await markSent(database(), slow, {}, world.now)).toBe(false);
    expect(await markFailed(database(), slow, { failure: 'timeout', text: { zh: '', en: '' }, isFinal: true, nextAt: 0 }, world.now)).toBe('lost');
    expect(await markSent(database(), fast, {}, world.now)).toBe(true);
  });

  it('keeps only the newest of what one message says for all', async () => {
    await webhook();
    receiver.answer = (response) => void response.writeHead(503).end();
    for (let version = 1; version <= 4; version += 1) await world.plan(changeOf({ version }, { kind: 'contact', contact: 'status-update' }));
    await world.worker().runOnce();
    expect(await world.states()).toEqual(['status superseded', 'status superseded', 'status superseded', 'status pending']);
  });

  it('counts what waits, what left and what failed', async () => {
    await webhook();
    receiver.answer = (response) => void response.writeHead(503).end();
    await world.plan(changeOf({}, OPENED));
    world.now += 60_000;
    await world.drain();
    const text = await world.registry.metrics();
    expect(text).toContain('xunjian_notifications_pending 1');
    expect(text).toContain('xunjian_notifications_oldest_age_seconds 60');
    expect(text).toContain('xunjian_notifications_failed_total{kind="webhook",reason="unavailable"} 1');
  });

  it('sends within a moment of the wake-up, and stops with nothing half done', async () => {
    await webhook();
    const worker = world.worker({ pollMs: 60_000 });
    worker.start();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await world.plan(changeOf({}, OPENED));
    worker.wake();
    await expect.poll(() => receiver.received.length, { timeout: 3_000 }).toBe(1);
    await worker[Symbol.asyncDispose]();
    expect(await world.states()).toEqual(['opened sent']);
  });

  it('tells a flood in few messages: the worst one by one, the others in a summary that counts them all', async () => {
    await world.target({ kind: 'dingtalk', config: { kind: 'dingtalk', baseUrl: receiver.url }, secrets: { accessToken: 'token-of-the-robot' } });
    receiver.answer = (response) => void response.end('{"errcode":0,"errmsg":"ok"}');
    for (let one = 1; one <= 300; one += 1) await world.plan(changeOf({ id: `i-${one}`, number: one, level: one === 250 ? 1 : 3 }, OPENED));
    for (let seconds = 0; seconds <= 120; seconds += 5) {
      world.now = MONDAY + seconds * 1_000;
      await world.drain();
    }
    const texts = receiver.received.map(({ body }) => JSON.parse(body).markdown.text as string);
    expect(texts.length).toBeLessThan(20);
    expect(texts.some((text) => text.includes('＃250'))).toBe(true);
    const told = texts.map((text) => Number(/产生了 (\d+) 条通知/.exec(text)?.[1] ?? 1)).reduce((sum, count) => sum + count, 0);
    expect(told).toBe(300);
    expect(new Set((await world.states()).map((one) => one.split(' ')[1]))).toEqual(new Set(['sent', 'merged']));
  });

  it('never sends a robot more than twenty messages within a minute', async () => {
    await world.target({ kind: 'dingtalk', config: { kind: 'dingtalk', baseUrl: receiver.url }, secrets: { accessToken: 'token-of-the-robot' } });
    const times: number[] = [];
    receiver.answer = (response) => {
      times.push(world.now);
      response.end('{"errcode":0,"errmsg":"ok"}');
    };
    for (let one = 1; one <= 60; one += 1) await world.plan(changeOf({ id: `i-${one}`, number: one, level: 1 }, OPENED));
    for (let seconds = 0; seconds <= 400; seconds += 2) {
      world.now = MONDAY + seconds * 1_000;
      await world.drain();
    }
    expect(times).toHaveLength(60);
    for (const time of times) expect(times.filter((one) => one >= time && one < time + 60_000).length).toBeLessThanOrEqual(20);
  });
});

describe.skipIf(NO_POSTGRES !== undefined)(`several collectors on one PostgreSQL${NO_POSTGRES === undefined ? '' : ` (skipped: ${NO_POSTGRES})`}`, () => {
  it('never send the same message twice, and keep the order of each incident', async () => {
    const url = await postgresUrl();
    await using first = await openDatabase({ url });
    await using second = await openDatabase({ url });
    await using receiver = await startReceiver();
    receiver.answer = (response) => void setTimeout(() => response.end('{}'), Math.random() * 8);
    const world = notifyWorld(first);
    for (let target = 0; target < 3; target += 1)
      await world.target({ kind: 'webhook', config: { kind: 'webhook', url: `${receiver.url}/${target}` }, secrets: { signingKey: KEY } });
    for (let one = 0; one < 20; one += 1)
      for (let version = 1; version <= 5; version += 1)
        await world.plan(changeOf({ id: `i-${one}`, number: one, version }, version === 1 ? OPENED : { kind: 'note', visibility: 'customer', text: `${version}` }));
    const workers = [world.worker(), world.worker(), notifyWorld(second).worker(), notifyWorld(second).worker()];
    for (let turn = 0; turn < 60; turn += 1) await Promise.all(workers.map((worker) => worker.runOnce()));
    const ids = receiver.received.map(({ headers }) => headers['x-xunjian-event-id']);
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);
    const lanes = Map.groupBy(receiver.received, ({ path, body }) => `${path} ${JSON.parse(body).incident.id}`);
    for (const lane of lanes.values()) expect(lane.map(({ body }) => JSON.parse(body).incident.version)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('the body of a webhook', () => {
  it('stays small whatever the incident holds', () => {
    const body = webhookBody(
      'id',
      { v: 1, topic: 'opened', voice: 'support', locale: 'zh', at: MONDAY, mentions: [], incident: factsOf({ title: { zh: 'x'.repeat(10_000), en: 'y' } }) },
      MONDAY,
    );
    expect(body.length).toBeLessThan(20_000);
  });
  it('says every moment in the same way', () => {
    const incident = factsOf({ clocks: [{ clock: 'respond', state: 'breached', dueAt: MONDAY, breachedAt: MONDAY }], flappingSince: MONDAY });
    const body: unknown = JSON.parse(
      webhookBody('id', { v: 1, topic: 'clock-breach', voice: 'support', locale: 'zh', at: MONDAY, mentions: [], incident, detail: { clock: 'respond', dueAt: MONDAY } }, MONDAY),
    );
    const iso = '2026-11-23T02:00:00.000Z';
    expect(body).toMatchObject({
      occurredAt: iso,
      incident: { openedAt: iso, flappingSince: iso, clocks: [{ dueAt: iso, breachedAt: iso }] },
      detail: { dueAt: iso },
    });
  });
});
