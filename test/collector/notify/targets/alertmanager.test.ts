import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testTarget } from '../../../../collector/notify/test-target.ts';
import { openDatabase } from '../../../../collector/store/database.ts';
import { type Alertmanager, NO_ALERTMANAGER, startAlertmanager } from '../../../support/alertmanager.ts';
import { changeOf, OPENED } from '../../../support/incident-change.ts';
import { notifyWorld } from '../../../support/notify-world.ts';
import { startReceiver } from '../../../support/receiver.ts';

describe.skipIf(NO_ALERTMANAGER !== undefined)(`a real Alertmanager${NO_ALERTMANAGER === undefined ? '' : ` (skipped: ${NO_ALERTMANAGER})`}`, () => {
  let real: Alertmanager;
  beforeAll(async () => {
    real = await startAlertmanager();
  });
  afterAll(() => real?.[Symbol.asyncDispose]());

  it('shows an incident while it lasts, under its level, and ends it when it is solved', async () => {
    await using database = await openDatabase({ url: 'sqlite::memory:' });
    const world = notifyWorld(database);
    world.now = Date.now() - 10_000;
    const openedAt = world.now;
    await world.target({ kind: 'alertmanager', config: { kind: 'alertmanager', urls: [real.url], repeatSeconds: 60, holdSeconds: 120 } });
    const facts = { id: `i-${openedAt}`, openedAt };
    await world.plan(changeOf({ ...facts, customerName: 'a "quoted" <b>\nname' }, OPENED));
    await world.drain();
    const [first] = await real.alerts();
    expect(first).toMatchObject({ labels: { alertname: 'disk-space-low', severity: 'critical', level: '2', node: 'worker-07', customer: 'a "quoted" <b> name' } });
    expect(Date.parse(first?.endsAt ?? '') - world.now).toBe(120_000);

    world.now += 59_000;
    await world.drain();
    expect((await real.alerts())[0]?.endsAt).toBe(first?.endsAt);
    world.now += 1_000; // a minute has passed: said again, not a second alert
    await world.drain();
    const again = await real.alerts();
    expect(again).toHaveLength(1);
    expect(Date.parse(again[0]?.endsAt ?? '') - Date.parse(first?.endsAt ?? '')).toBe(60_000);
    expect(await world.states()).toEqual(['opened sent']);

    world.now = Date.now();
    await world.plan(changeOf({ ...facts, customerName: 'a "quoted" <b>\nname', version: 2, level: 1 }, { kind: 'releveled', from: 2, to: 1, reason: 'person' }));
    await world.drain();
    await expect.poll(async () => (await real.alerts()).map(({ labels }) => labels['level']), { timeout: 5_000 }).toEqual(['1']);

    world.now = Date.now();
    await world.plan(changeOf({ ...facts, customerName: 'a "quoted" <b>\nname', version: 3, level: 1 }, { kind: 'resolved', by: 'observation', code: 'cleared' }));
    await world.drain();
    await expect.poll(() => real.alerts(), { timeout: 5_000 }).toEqual([]);
    world.now += 3_600_000;
    await world.drain();
    expect(await real.alerts()).toEqual([]); // nothing repeats what is over
    expect(await world.registry.metrics()).toContain('xunjian_notifications_repeated_total{kind="alertmanager"} 1');
  });

  it('goes on when one of several instances is away, but says an end to all', async () => {
    await using database = await openDatabase({ url: 'sqlite::memory:' });
    await using broken = await startReceiver();
    broken.answer = (response) => void response.writeHead(503).end();
    const world = notifyWorld(database);
    world.now = Date.now();
    await world.target({ kind: 'alertmanager', config: { kind: 'alertmanager', urls: [broken.url, real.url] } });
    await world.plan(changeOf({ id: 'two', openedAt: world.now }, OPENED));
    await world.drain();
    await world.plan(changeOf({ id: 'two', openedAt: world.now, version: 2 }, { kind: 'resolved', by: 'person', code: 'fixed' }));
    await world.drain();
    expect(await world.states()).toEqual(['opened sent', 'resolved pending']);
    broken.answer = (response) => void response.end();
    world.now += 60_000;
    await world.drain();
    expect(await world.states()).toEqual(['opened sent', 'resolved sent']);
  });

  it('can be tested, and says what it did not like', async () => {
    const target = { customerId: null, kind: 'alertmanager', secrets: {} };
    expect(await testTarget({ ...target, config: { kind: 'alertmanager', urls: [real.url] } }, { now: Date.now() })).toMatchObject({ ok: true });
    const wrong = await testTarget({ ...target, config: { kind: 'alertmanager', urls: [`${real.url}/wrong`] } }, { now: Date.now() });
    expect(wrong).toMatchObject({ ok: false, failure: 'misconfigured' });
    expect(wrong.text.en).toContain('HTTP 404');
  });
});
