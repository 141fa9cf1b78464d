import { beforeEach, describe, expect, it } from 'vitest';
import { SecretBox } from '../../../collector/notify/secret-box.ts';
import { SharedKey } from '../../../collector/notify/shared-key.ts';
import { takeLease } from '../../../collector/store/lease-store.ts';
import { TargetStore } from '../../../collector/store/target-store.ts';
import { testCollector } from '../../support/collector-app.ts';
import { CollectorProcess } from '../../support/collector-process.ts';
import { onBothEngines } from '../../support/databases.ts';
import { changeOf, OPENED } from '../../support/incident-change.ts';
import { emptyOutbox, notifyWorld } from '../../support/notify-world.ts';
import { NO_POSTGRES, postgresUrl } from '../../support/postgres.ts';
import { xunjian } from '../../support/program.ts';
import { startReceiver } from '../../support/receiver.ts';

const [FIRST, SECOND] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const TARGET = { customerId: null, kind: 'webhook', name: 'desk', config: { kind: 'webhook', url: 'https://example.com/' }, secrets: { signingKey: 'x'.repeat(32) } };
const NOW = 1_000_000;

onBothEngines('the key of a database', (database) => {
  beforeEach(async () => {
    await emptyOutbox(database());
    for (const table of ['settings', 'leases'] as const) await database().db.deleteFrom(table).execute();
  });
  const withKeys = (...keys: readonly Buffer[]) => {
    const box = new SecretBox(keys);
    const targets = new TargetStore(database(), box);
    const key = new SharedKey(database(), box);
    return { key, targets, agree: async (replace = false) => await key.agree(targets, { now: NOW, replace }) };
  };

  it('is that of the first collector; another key is refused while something is sealed', async () => {
    const ours = withKeys(FIRST);
    await ours.agree();
    await ours.targets.create(TARGET, { kind: 'system' }, NOW);
    await ours.agree();
    const theirs = withKeys(SECOND);
    await expect(theirs.agree()).rejects.toThrow('the secrets of 1 notification targets');
    expect([await ours.key.isOurs(), await theirs.key.isOurs()]).toEqual([true, false]);
    await expect(withKeys(SECOND, FIRST).agree()).resolves.toBeUndefined(); // a key that is being replaced opens too
  });
  it('is found out also where the database is older than this rule', async () => {
    await withKeys(FIRST).targets.create(TARGET, { kind: 'system' }, NOW);
    await expect(withKeys(SECOND).agree()).rejects.toThrow('sealed under another key');
  });
  it('may be another after a fresh start, but not beside a collector that is at work', async () => {
    await withKeys(FIRST).agree();
    await takeLease(database().db, { name: 'silence', holder: 'first', now: NOW, ttlMs: 30_000 });
    const second = withKeys(SECOND);
    await expect(second.agree()).rejects.toThrow('another collector is at work');
    await database().db.updateTable('leases').set({ until: NOW }).execute();
    await second.agree();
    expect(await second.key.isOurs()).toBe(true);
  });
  it('that is lost is replaced when somebody says so, for good', async () => {
    await withKeys(FIRST).targets.create(TARGET, { kind: 'system' }, NOW);
    const second = withKeys(SECOND);
    await second.agree(true);
    await second.agree();
    expect([await second.key.isOurs(), await withKeys(FIRST).key.isOurs()]).toEqual([true, false]);
  });
  it('being another, /readyz says why, and no message is taken', async () => {
    const collector = await testCollector(database());
    const { app, deps } = collector;
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    await withKeys(FIRST).agree(true);
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'unavailable', message: expect.stringContaining('one key file') as string });
    await using receiver = await startReceiver();
    const world = notifyWorld(database());
    await world.target({ kind: 'webhook', config: { kind: 'webhook', url: receiver.url }, secrets: { signingKey: 'x'.repeat(32) } });
    await world.plan(changeOf({}, OPENED));
    expect(await world.worker({ mayWork: () => deps.sharedKey.isOurs() }).runOnce()).toBe(0);
    expect(await world.states()).toEqual(['opened pending']);
    await deps.sharedKey.agree(deps.targets, { now: NOW, replace: true });
    expect(await world.worker({ mayWork: () => deps.sharedKey.isOurs() }).runOnce()).toBe(1);
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    await app.close();
  });
});

describe.skipIf(NO_POSTGRES !== undefined)(`two collectors on one PostgreSQL${NO_POSTGRES === undefined ? '' : ` (skipped: ${NO_POSTGRES})`}`, () => {
  it('have one key: the second with another says what to do and ends', async () => {
    const database = await postgresUrl();
    await using first = await CollectorProcess.start({ database });
    await expect.poll(async () => (await fetch(`${first.url}/readyz`)).status).toBe(200);
    const root = await first.administrator();
    await root.call('POST', '/api/v1/targets', { kind: 'webhook', name: 'desk', config: { url: 'https://example.com/' }, secrets: { signingKey: 'x'.repeat(32) } });
    const second = await xunjian(['collector', '--listen', '127.0.0.1:0', '--database', database, '--lang', 'en']);
    expect(second.code).toBe(2);
    expect(second.err).toContain("Copy the other collectors' key file");
    expect(second.err).toContain('--new-key');
    await using third = await CollectorProcess.start({ database, config: { keyFile: `${first.directory}/data/secret.key` } });
    expect((await fetch(`${third.url}/readyz`)).status).toBe(200);
  });
});
