import { afterAll, describe, expect, it } from 'vitest';
import type { Product } from '../../../agent/wire/sections/middleware/products.ts';
import { Impostors } from '../../support/impostors.ts';
import { type MariadbServer, MariadbServers, NO_MARIADB } from '../../support/mariadb.ts';
import { inspectMiddleware } from '../../support/middleware.ts';
import { NO_POSTGRES } from '../../support/postgres.ts';
import { PostgresServers } from '../../support/postgres-servers.ts';
import { NO_REDIS, RedisServers } from '../../support/redis.ts';

const LIMITS = { connectMs: 10_000, statementMs: 800, instanceMs: 30_000, statements: 60, answerBytes: 4 * 1024 * 1024 };

async function lookAt(product: Product, port: number) {
  const { sections, findings, payload } = await inspectMiddleware({ product, ports: [port], declared: { limits: LIMITS } });
  const row = sections.middleware?.rows[0];
  return { told: [row?.reach, row?.looksLike, sections.middleware?.members[0]?.looksLike], findings, payload };
}

describe('who answers where a product does not', { timeout: 120_000 }, () => {
  const redis = new RedisServers();
  const mariadb = new MariadbServers();
  const postgres = new PostgresServers();
  const impostors = new Impostors();
  afterAll(async () => {
    redis[Symbol.dispose]();
    mariadb[Symbol.dispose]();
    impostors[Symbol.dispose]();
    await postgres.stop();
  });

  it.skipIf(NO_REDIS)('is a Redis that waits for the end of a line, whatever was declared', async () => {
    const { port } = await redis.start(['requirepass canary-of-redis']);
    const told = await Promise.all((['postgresql', 'mysql', 'kafka', 'zookeeper', 'elasticsearch'] as const).map(async (product) => (await lookAt(product, port)).told));
    expect(new Set(told.map((one) => one.join(' ')))).toEqual(new Set(['protocol redis redis']));
    const { findings, payload } = await lookAt('postgresql', port);
    expect(findings).toMatchObject([{ check: 'middleware-instance-unread', observed: 'answers-redis', severity: 'warning' }]);
    expect(payload.json).not.toContain('canary');
  });
  it.skipIf(NO_POSTGRES)('is a PostgreSQL, which says nothing first', async () => {
    const { port } = await postgres.start([]);
    expect((await lookAt('redis', port)).told).toEqual(['protocol', 'postgresql', 'postgresql']);
  });
  it.skipIf(NO_MARIADB)('is a MySQL, which greets', async () => {
    const { port }: MariadbServer = await mariadb.start();
    expect((await lookAt('redis', port)).told).toEqual(['protocol', 'mysql', 'mysql']);
  });
  it('is an HTTP server or sshd; a product that speaks HTTP itself is not told apart', async () => {
    const web = await impostors.http({});
    expect((await lookAt('redis', web)).told).toEqual(['protocol', 'http', 'http']);
    expect((await lookAt('elasticsearch', web)).told[1]).toBeUndefined();
    expect((await lookAt('redis', await impostors.babbling('SSH-2.0-OpenSSH_9.2\r\n'))).told).toEqual(['protocol', 'ssh', 'ssh']);
  });
  it('is nobody where nobody says anything, or what is said is unknown here', async () => {
    expect((await lookAt('postgresql', await impostors.silent())).told).toEqual(['timeout', undefined, undefined]);
    expect((await lookAt('redis', await impostors.babbling('hello'))).told).toEqual(['protocol', undefined, undefined]);
  });
});
