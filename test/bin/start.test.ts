import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { type Running, startAllInOne, until } from '../support/all-in-one.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunjian-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (...args: readonly string[]): Running => startAllInOne(folder, ...args);
const query = (file: string, sql: string): readonly Record<string, unknown>[] => {
  const database = new DatabaseSync(join(folder, 'data', file), { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
};

describe('xunjian start', () => {
  it('is the whole product: collector, agent, first report and the demo; and a signal ends all of it', async () => {
    const running = start('--demo');
    const url = await until(() => /http:\/\/127\.0\.0\.1:\d+/.exec(running.said())?.[0], running);
    await until(() => running.said().includes('Watching'), running);
    expect(running.said()).toMatch(/\/setup\?link=[\w-]{40,}/);
    expect(readFileSync(join(folder, 'out/report.html'), 'utf8')).toContain('<html lang="en"');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/api/v1/incidents`)).status).toBe(401);

    const states = query('demo.db', "select incidents.rule, incidents.state from incidents join customers on customers.id = customer_id where customers.name = '演示客户 Demo'");
    const stateOf = (rule: string): unknown => states.find((row) => row['rule'] === rule)?.['state'];
    expect([stateOf('node-unreachable'), stateOf('service-time-unsynchronised'), stateOf('disk-space-low'), stateOf('control-plane-etcd-latency-high')]).toEqual([
      'open',
      'on-hold',
      'in-progress',
      'resolved',
    ]);
    await until(
      () =>
        query(
          'demo.db',
          "select agent from agents join clusters on clusters.id = cluster_id where clusters.kind = 'hosts' and clusters.name <> 'demo-core' and last_inspection_at is not null",
        ).length === 1,
      running,
    );

    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    const agents = spawn('pgrep', ['-f', join(folder, 'data')]);
    expect(await new Promise((resolve) => agents.once('exit', resolve))).toBe(1); // nothing of it is left
  });

  it('keeps its agents’ identity and tokens from start to start, apart from the demo’s data', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const running = start();
      await until(() => running.said().includes('Watching'), running);
      await until(() => query('xunjian.db', 'select agent from agents').length > 0, running);
      running.child.kill('SIGTERM');
      await running.ended;
    }
    expect(query('xunjian.db', 'select id from tokens')).toHaveLength(1);
    expect(query('xunjian.db', 'select agent from agents')).toHaveLength(1);
    expect(query('xunjian.db', "select id from customers where name like 'Demo%'")).toEqual([]);
  });

  it('says in one line what is wrong', async () => {
    const busy = start('--listen', '127.0.0.1:99999');
    expect(await busy.ended).toBe(2);
    expect(busy.said()).toMatch(/--listen/);
    const demo = start('--demo', '--database', 'postgres://x@127.0.0.1/x');
    expect(await demo.ended).toBe(2);
    expect(demo.said()).toMatch(/--demo.*--database/);
    const folderless = start('--data-dir', '/proc/nowhere');
    expect(await folderless.ended).toBe(2);
    expect(folderless.said()).toMatch(/--data-dir/);
    expect(folderless.said()).not.toMatch(/\bat .*\.ts:/);
  });
});
