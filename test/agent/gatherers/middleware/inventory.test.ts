import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MIDDLEWARE_CHECKS } from '../../../../agent/checks/middleware/index.ts';
import { runChecks } from '../../../../agent/checks/run.ts';
import { CounterMemory, type Counters } from '../../../../agent/gatherers/middleware/counters.ts';
import { MIDDLEWARE } from '../../../../agent/gatherers/middleware/index.ts';
import { gatherMiddleware } from '../../../../agent/gatherers/middleware/run.ts';
import { MIDDLEWARE_DEFAULTS } from '../../../../agent/middleware/declaration.ts';
import { middlewareConfig } from '../../../../agent/middleware-config.ts';
import { NO_REDIS, RedisServers } from '../../../support/redis.ts';

const DAY = 86_400;
const NOW = Math.floor(Date.now() / 1_000);

async function look(instance: object, now: number, before: Counters = {}) {
  const { instances } = middlewareConfig.parse({ instances: [instance] });
  const counters = new CounterMemory(before);
  const { sections, reports } = await gatherMiddleware({
    products: MIDDLEWARE,
    config: { ...MIDDLEWARE_DEFAULTS, instances },
    hostName: 'host-1',
    baselines: {},
    counters,
    optOut: new Set(),
    signal: AbortSignal.timeout(60_000),
    now,
    clock: () => performance.now(),
  });
  const { verdicts, findings } = runChecks(MIDDLEWARE_CHECKS, sections, reports, new Set(['middleware']), { now, host: 'host-1' });
  const of = (check: string) => {
    const verdict = verdicts.find((one) => one.check === check)?.verdict;
    const finding = findings.find((one) => one.check === check);
    return finding ? [verdict, finding.severity, finding.observed] : [verdict];
  };
  return { sections, of, kept: counters.kept };
}

describe.skipIf(NO_REDIS)('how long an instance has been running', { timeout: 60_000 }, () => {
  const servers = new RedisServers();
  afterAll(() => servers[Symbol.dispose]());

  it('is a finding when it was started again since the last inspection, for a day', async () => {
    const { port } = await servers.start();
    const instance = { product: 'redis', name: 'cache', addresses: [`127.0.0.1:${port}`] };
    const check = 'middleware-restart-recent';
    const first = await look(instance, NOW);
    expect(first.of(check)).toEqual(['not-applicable']);
    expect((await look(instance, NOW + 20, first.kept)).of(check)).toEqual(['pass']);
    // The last inspection was yesterday, and what runs now has been running for seconds.
    const yesterday = Object.fromEntries(Object.entries(first.kept).map(([key, counted]) => [key, { ...counted, at: NOW - DAY }]));
    const after = await look(instance, NOW + 60, yesterday);
    expect(after.of(check).slice(0, 2)).toEqual(['fail', 'warning']);
    expect(after.sections.middleware?.members[0]).toMatchObject({ restarted: true, uptimeSeconds: expect.any(Number) });
    expect((await look(instance, NOW + 120, after.kept)).of(check).slice(0, 2)).toEqual(['fail', 'warning']); // a second look hides nothing
  });
});

describe('backups that the configuration tells of', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-backups-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const instance = (backup: object) => ({ product: 'redis', name: 'cache', addresses: ['127.0.0.1:1'], backup });
  function file(path: string, daysAgo: number, text = 'x'): string {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), NOW - daysAgo * DAY, NOW - daysAgo * DAY);
    return join(folder, path);
  }

  it('are as old as the newest file of the folder that has anything in it, or as the file or time that is named', async () => {
    file('dumps/canary-1.rdb', 9);
    file('dumps/canary-2.rdb', 2);
    file('dumps/empty.rdb', 0, '');
    const check = 'middleware-backup-stale';
    const inFolder = await look(instance({ path: join(folder, 'dumps') }), NOW);
    expect(inFolder.of(check)).toEqual(['fail', 'warning', 2 * DAY]);
    expect(JSON.stringify(inFolder.sections)).not.toContain('canary');
    expect((await look(instance({ path: file('marker', 10) }), NOW)).of(check)).toEqual(['fail', 'critical', 10 * DAY]);
    expect((await look(instance({ last: new Date((NOW - 3_600) * 1_000).toISOString() }), NOW)).of(check)).toEqual(['pass']);
    expect((await look({ product: 'redis', name: 'cache', addresses: ['127.0.0.1:1'] }, NOW)).of(check)).toEqual(['not-applicable']);
  });

  it('are missing where the place that is named is gone or holds none, and unknown where it cannot be looked into', async () => {
    file('full/one.rdb', 1);
    mkdirSync(join(folder, 'bare'));
    file('hollow/empty.rdb', 0, '');
    mkdirSync(join(folder, 'crowded'));
    for (let n = 0; n <= 5_000; n++) writeFileSync(join(folder, 'crowded', String(n)), '');
    const check = 'middleware-backup-missing';
    const of = async (backup: object) => (await look(instance(backup), NOW)).of(check);
    expect(await of({ path: join(folder, 'full') })).toEqual(['pass']);
    for (const place of ['nowhere', 'full/one.rdb/below', 'bare', 'hollow']) expect((await of({ path: join(folder, place) })).slice(0, 2)).toEqual(['fail', 'warning']);
    expect(await of({ path: join(folder, 'crowded') })).toEqual(['unknown']);
    expect(await of({ last: '2026-11-01' })).toEqual(['not-applicable']);
    const gone = await look(instance({ path: join(folder, 'bare') }), NOW);
    expect(gone.of('middleware-backup-stale')).toEqual(['not-applicable']); // one finding, not two
  });

  it('want to be restored now and then', async () => {
    const check = 'middleware-restore-untested';
    const day = (ago: number) => new Date((NOW - ago * DAY) * 1_000).toISOString().slice(0, 10);
    expect((await look(instance({ restoreTested: day(20) }), NOW)).of(check)).toEqual(['pass']);
    expect((await look(instance({ restoreTested: day(300) }), NOW)).of(check)).toEqual(['fail', 'info', 300]);
    expect((await look(instance({ path: folder }), NOW)).of(check)).toEqual(['unknown']);
  });

  it('are refused in the configuration where they say nothing, or two things', () => {
    for (const backup of [{}, { last: 'yesterday' }, { last: '2026-11-01', path: '/var/backups' }, { path: 'relative' }])
      expect(middlewareConfig.safeParse({ instances: [instance(backup)] }).success).toBe(false);
  });
});
