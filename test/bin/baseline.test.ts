import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { driftViolations } from '../../agent/checks/middleware-drift.ts';
import { driftOf } from '../../agent/gatherers/middleware/drift.ts';
import { middlewareConfig } from '../../agent/middleware-config.ts';
import { readBaselines } from '../../agent/site/baselines.ts';
import { inspectMiddleware } from '../support/middleware.ts';
import { temporary, xunjian } from '../support/program.ts';
import { NO_REDIS, RedisServers, redisCli } from '../support/redis.ts';

describe.skipIf(NO_REDIS)('a baseline of a group of members', { timeout: 120_000 }, () => {
  const servers = new RedisServers();
  afterAll(() => servers[Symbol.dispose]());

  it('is approved as of now and in the file, drifts by itself, and names the member', async () => {
    const ports: number[] = [];
    for (const policy of ['noeviction', 'noeviction', 'allkeys-lru']) ports.push((await servers.start(['maxmemory 100mb', `maxmemory-policy ${policy}`])).port);
    const [first = 0, second = 0, spare = 0] = ports;
    const directory = temporary();
    const addresses = [`127.0.0.1:${first}`, `127.0.0.1:${second}`, `localhost:${spare}`];
    writeFileSync(
      join(directory, 'config.yaml'),
      JSON.stringify({ middleware: { instances: [{ product: 'redis', name: 'subject', addresses }], discovery: { cluster: false, host: false } } }),
    );
    const approve = async (...args: readonly string[]) =>
      await xunjian(['baseline', 'approve', '--role', 'host', '--config', join(directory, 'config.yaml'), '--state-dir', directory, ...args], {}, directory);
    const settings = async () =>
      (
        await inspectMiddleware({
          product: 'redis',
          ports: [],
          declared: {
            addresses: [
              { host: '127.0.0.1', port: first },
              { host: '127.0.0.1', port: second },
              { host: 'localhost', port: spare },
            ],
          },
        })
      ).sections.middlewareSettings?.rows ?? [];

    const main = await approve('--member', '127.0.0.1:*');
    expect(main.err + main.out).toContain('2 members (127.0.0.1:*)');
    expect(main.code).toBe(0);
    expect((await approve('--member', 'localhost:*')).code).toBe(0);
    const baselines = await readBaselines(directory);
    expect(new Set(baselines['subject']?.settings.map(({ member }) => member))).toEqual(new Set(['127.0.0.1:*', 'localhost:*']));
    const printed = await approve('--member', '127.0.0.1:*', '--print');
    const { baselines: fromFile } = middlewareConfig.parse((parse(printed.out) as { middleware: unknown }).middleware);
    expect(fromFile).toEqual([
      expect.objectContaining({ product: 'redis', instance: 'subject', member: '127.0.0.1:*', settings: expect.objectContaining({ 'maxmemory-policy': 'noeviction' }) }),
    ]);

    const before = await settings();
    expect(driftOf(before, baselines).rows.filter(({ against }) => against === 'baseline')).toEqual([]);
    expect(driftOf(before, {}, fromFile).rows.filter(({ against }) => against === 'baseline')).toEqual([]);
    redisCli(second, 'CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    const after = await settings();
    const moved = [{ scope: { kind: 'Setting', name: `subject|127.0.0.1:${second}#maxmemory-policy` }, observed: 'allkeys-lru', threshold: 'noeviction' }];
    expect(driftViolations(driftOf(after, baselines).rows, after, 'baseline')).toEqual(moved);
    expect(driftViolations(driftOf(after, {}, fromFile).rows, after, 'baseline')).toEqual(moved);

    const mixed = await approve('--member', '127.0.0.1:*');
    expect(mixed.code).toBe(1);
    expect(mixed.err).toContain('not approved, because the members of the group differ: maxmemory-policy');
    expect((await approve('--member', 'nobody-*')).err).toContain('no member matches nobody-*');
  });

  it('says that a blackout kept it from being asked, and that nothing was approved', async () => {
    const { port } = await servers.start(['maxmemory 100mb']);
    const directory = temporary();
    const config = join(directory, 'config.yaml');
    const now = Date.now();
    const blackout = [{ once: { from: new Date(now - 60_000).toISOString(), to: new Date(now + 3_600_000).toISOString() } }];
    const instance = (name: string, more: object) => ({ product: 'redis', name, addresses: [`127.0.0.1:${port}`], ...more });
    const approve = async (instances: readonly object[], lang: string) => {
      writeFileSync(config, JSON.stringify({ middleware: { instances, discovery: { cluster: false, host: false } } }));
      return await xunjian(['baseline', 'approve', '--role', 'host', '--config', config, '--state-dir', directory, '--lang', lang], {}, directory);
    };
    const dark = await approve([instance('dark', { blackout })], 'zh');
    expect(dark.code).not.toBe(0);
    expect(dark.err).toContain('dark：处于配置中禁止巡检的时段（blackout），没有连接，基线未改动');
    expect(dark.err).toContain('没有批准任何配置');
    const both = await approve([instance('dark', { blackout }), { ...instance('lit', {}), addresses: [`localhost:${port}`] }], 'en');
    expect(both.err).toContain('dark: within a blackout');
    expect(both.out).toContain('lit: ');
    expect(both.code).not.toBe(0);
  });
});
