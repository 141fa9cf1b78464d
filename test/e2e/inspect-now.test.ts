/** "Inspect now" with real programs: two collectors on one database, an agent that allows it and one that does not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AgentProcess } from '../support/agent.ts';
import { CollectorProcess, PASSPHRASE, Session } from '../support/collector-process.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';
import { temporary } from '../support/program.ts';
import { makeTree } from '../support/tree.ts';

interface Progress {
  readonly stages: readonly { readonly stage: string; readonly refusal: string | null; readonly agents: number }[];
  readonly isOver: boolean;
}
const HOST = { '/proc/meminfo': 'MemTotal: 1000 kB\nMemFree: 500 kB\nMemAvailable: 700 kB\n', '/proc/stat': 'cpu 1 2 3 4 5 6 7 8 9 10\n', '/proc/sys/kernel/hostname': 'box\n' };
const RARELY = ['--schedule', '0 0 29 2 *', '--time-zone', 'UTC', '--heartbeat-seconds', '1'];

it('is asked at one collector, heard of from the other, done by the agent that allows it, and seen on the page', { timeout: 240_000 }, async () => {
  const database = NO_POSTGRES === undefined ? await postgresUrl() : undefined;
  await using first = await CollectorProcess.start({ database });
  const root = await first.administrator();
  const { token, clusterId } = await first.enroll(['--customer', 'Example', '--cluster', 'box', '--policy', 'daocloud', '--tier', 'standard']);
  await using other = database === undefined ? undefined : await CollectorProcess.start({ database, directory: first.directory });
  const asker = other ? await Session.signIn(other.url, 'root', PASSPHRASE) : root;
  const folder = temporary();
  writeFileSync(join(folder, 'token'), token, { mode: 0o600 });
  writeFileSync(join(folder, 'open.json'), JSON.stringify({ sampleSeconds: 0.2 }));
  writeFileSync(join(folder, 'closed.json'), JSON.stringify({ sampleSeconds: 0.2, remoteRequests: 'none' }));
  const start = (config: string, name: string): AgentProcess =>
    new AgentProcess([
      '--role',
      'host',
      '--host-root',
      makeTree(HOST),
      '--node-name',
      name,
      '--collector',
      first.url,
      '--token-file',
      join(folder, 'token'),
      '--config',
      join(folder, config),
      ...RARELY,
    ]);
  await using open = start('open.json', 'open');
  await using closed = start('closed.json', 'closed');
  const path = `/api/v1/clusters/${clusterId}/inspection-requests`;
  const progress = async (): Promise<Progress> => await root.call<Progress>('GET', `${path}/newest`);
  const stages = async (): Promise<readonly string[]> => (await progress()).stages.map(({ stage, agents }) => `${agents} ${stage}`).sort();
  const snapshots = async (): Promise<readonly string[]> =>
    (await root.call<{ items: { id: string }[] }>('GET', `/api/v1/clusters/${clusterId}/snapshots`)).items.map(({ id }) => id);
  // Both say what they take once the collector has shown that it asks.
  await expect.poll(stages, { timeout: 90_000, interval: 300 }).toEqual(['1 not-allowed', '1 waiting']);
  // Their first inspections may still be on the way.
  await expect.poll(async () => (await snapshots()).length, { timeout: 90_000, interval: 300 }).toBe(2);
  const before = await snapshots();

  await asker.call('POST', path);
  expect((await asker.status('POST', path)).status).toBe(429);
  await expect.poll(async () => (await progress()).isOver, { timeout: 120_000, interval: 300 }).toBe(true);
  expect(await stages()).toEqual(['1 not-allowed', '1 received']);
  expect((await snapshots()).filter((id) => !before.includes(id))).toHaveLength(1);
  expect(open.lines.filter(({ msg }) => msg === 'asked by the collector').map(({ state }) => state)).toEqual(['accepted', 'inspecting', 'inspected']);
  expect(closed.lines.some(({ msg }) => msg === 'asked by the collector')).toBe(false);
  const page = (await root.status('GET', `/clusters/${clusterId}?lang=en`)).text;
  expect(page).toContain('results of 1 of 1 agent are here');
  expect(page).toContain('remoteRequests: none');
});
