/** Who may send a message: a worker that lives keeps it however long that takes, one that died leaves it to the others soon. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Lease } from '../../../collector/notify/lease.ts';
import { openDatabase } from '../../../collector/store/database.ts';
import { onBothEngines } from '../../support/databases.ts';
import { changeOf, OPENED } from '../../support/incident-change.ts';
import { emptyOutbox, notifyWorld } from '../../support/notify-world.ts';
import { NO_POSTGRES, postgresUrl } from '../../support/postgres.ts';
import { startReceiver } from '../../support/receiver.ts';

const CHILD = join(import.meta.dirname, '../../support/notify-child.ts');
const KEY = 'a signing key of the test';
const LEASE_MS = 1_500;

onBothEngines('a message that takes longer than the lease', (database) => {
  beforeEach(() => emptyOutbox(database()));

  it('stays with the worker that sends it, and goes once', async () => {
    await using receiver = await startReceiver();
    const world = notifyWorld(database());
    world.now = Date.now();
    await world.target({ kind: 'webhook', config: { kind: 'webhook', url: receiver.url }, secrets: { signingKey: KEY } });
    await world.plan(changeOf({}, OPENED));
    const asked = Promise.withResolvers<() => void>();
    receiver.answer = (response) => asked.resolve(() => void response.end('{}'));
    const live = { now: Date.now, leaseMs: LEASE_MS, deadlineMs: 60_000 };
    const slow = world.worker(live).runOnce();
    const other = world.worker(live);
    const answer = await asked.promise;
    for (const end = Date.now() + LEASE_MS * 3; Date.now() < end; ) {
      expect(await other.runOnce()).toBe(0);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    answer();
    await slow;
    expect(receiver.received).toHaveLength(1);
    expect(await world.states()).toEqual(['opened sent']);
  });
});

describe('a lease', () => {
  const of = (renew: () => Promise<void>): { readonly lease: Lease; readonly faults: unknown[] } => {
    const faults: unknown[] = [];
    return { lease: new Lease({ leaseMs: 600, renew, onFault: (error) => faults.push(error) }), faults };
  };
  it('that cannot be renewed breaks the sending off before another may begin', async () => {
    const began = performance.now();
    const { lease, faults } = of(async () => await Promise.reject(new Error('the database is away')));
    lease.start();
    await expect.poll(() => lease.signal.aborted, { interval: 5 }).toBe(true);
    expect(performance.now() - began).toBeGreaterThanOrEqual(500);
    expect(faults.length).toBeGreaterThan(1); // asked again before it gave up
  });

  it('whose renewal gets no answer is given up as well', async () => {
    const { lease } = of(async () => await new Promise(() => undefined));
    lease.start();
    await expect.poll(() => lease.signal.aborted).toBe(true);
  });

  it('is renewed three times in its time, and not after its end', async () => {
    let renewals = 0;
    const { lease } = of(async () => {
      renewals += 1;
    });
    lease.start();
    await expect.poll(() => renewals).toBe(3);
    expect(lease.signal.aborted).toBe(false);
    lease.end();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect([renewals, lease.signal.aborted]).toEqual([3, false]);
  });
});

describe.skipIf(NO_POSTGRES !== undefined)(`a worker that is killed while it sends${NO_POSTGRES === undefined ? '' : ` (skipped: ${NO_POSTGRES})`}`, () => {
  it('leaves its message to another once the lease is over, not before', async () => {
    const url = await postgresUrl();
    await using database = await openDatabase({ url });
    await using receiver = await startReceiver();
    const asked = Promise.withResolvers<void>();
    receiver.answer = () => asked.resolve(); // takes the message, says nothing
    const world = notifyWorld(database);
    world.now = Date.now();
    await world.target({ kind: 'webhook', config: { kind: 'webhook', url: receiver.url }, secrets: { signingKey: KEY } });
    await world.plan(changeOf({}, OPENED));
    const child = spawn(process.execPath, [CHILD, url, String(LEASE_MS)], { stdio: ['ignore', 'ignore', 'inherit'] });
    await asked.promise;
    await ended(child, 'SIGKILL');
    receiver.answer = (response) => void response.end('{}');
    const { claimed_until: until } = await database.db.selectFrom('notifications').select('claimed_until').executeTakeFirstOrThrow();
    expect((until ?? 0) - Date.now()).toBeLessThanOrEqual(LEASE_MS);
    const other = world.worker({ now: () => world.now });
    world.now = (until ?? 0) - 1;
    expect(await other.runOnce()).toBe(0);
    world.now = until ?? 0;
    expect(await other.runOnce()).toBe(1);
    expect(await world.states()).toEqual(['opened sent']);
    const ids = receiver.received.map(({ headers }) => headers['x-xunjian-event-id']);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]); // the receiver can tell: the same event
  });
});

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await closed;
}
