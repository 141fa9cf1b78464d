import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HONEST, Impostors } from '../../../support/impostors.ts';
import { inspectMiddleware } from '../../../support/middleware.ts';
import { freePort } from '../../../support/postgres.ts';
import { until } from '../../../support/redis.ts';

const JAR = '/usr/share/java/zookeeper.jar';
const NO_ZOOKEEPER = existsSync(JAR) ? undefined : 'ZooKeeper is not installed (Debian: zookeeper)';
const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/zookeeper.md'), 'utf8');
const ALLOWED = /^4lw\..*$/m.exec(PAGE)?.[0] ?? '';

const ask = async (ports: readonly number[], declared: object = {}) => {
  const told = await inspectMiddleware({ product: 'zookeeper', ports, declared });
  return { ...told, found: told.found.filter((check) => check.startsWith('zookeeper')) };
};

describe.skipIf(NO_ZOOKEEPER)('inspecting ZooKeeper', { timeout: 180_000 }, () => {
  const folder = mkdtempSync('/tmp/xunjian-zookeeper-');
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  /** @param count members @param settings lines of zoo.cfg */
  async function start(count: number, settings: readonly string[]): Promise<{ port: number; child: ChildProcess }[]> {
    const nodes = await Promise.all(Array.from({ length: count }, async () => ({ port: await freePort(), peer: await freePort(), election: await freePort() })));
    const ensemble = count === 1 ? [] : nodes.map(({ peer, election }, index) => `server.${index + 1}=127.0.0.1:${peer}:${election}`);
    const started = nodes.map(({ port }, index) => {
      const data = mkdtempSync(join(folder, 'canary-data-'));
      writeFileSync(join(data, 'myid'), `${index + 1}\n`);
      const base = [`dataDir=${data}`, `clientPort=${port}`, 'clientPortAddress=127.0.0.1', 'tickTime=500', 'initLimit=20', 'syncLimit=10', 'admin.enableServer=false'];
      writeFileSync(join(data, 'zoo.cfg'), [...base, ...ensemble, ...settings, ''].join('\n'));
      const child = spawn(
        'java',
        ['-Xmx64m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', JAR, 'org.apache.zookeeper.server.quorum.QuorumPeerMain', join(data, 'zoo.cfg')],
        {
          stdio: 'ignore',
          cwd: data,
        },
      );
      children.push(child);
      return { port, child };
    });
    const ports = started.map(({ port }) => port);
    await until(async () => (await ask(ports)).sections.middlewareZookeeper?.members.every(({ serving }) => serving === true) ?? false, 90_000);
    return started;
  }

  it('finds nothing at a sound ensemble of three, and sees it lose its majority', async () => {
    expect(ALLOWED).toContain('mntr');
    const nodes = await start(3, [ALLOWED]);
    const ports = nodes.map(({ port }) => port);
    await until(async () => (await ask(ports)).found.length === 0, 60_000); // the last follower is in sync a moment later
    const { reach, sections, payload, verdicts } = await ask(ports);
    expect(reach).toBe('ok');
    expect(verdicts.filter(({ check, verdict }) => check.startsWith('zookeeper') && verdict === 'unknown')).toEqual([]);
    expect(sections.middlewareZookeeper?.rows[0]).toMatchObject({ mode: 'cluster', leaders: 1, quorumMembers: 3, version: expect.stringMatching(/^3\.\d/) });
    expect(sections.middlewareZookeeper?.members.map(({ role }) => role).sort()).toEqual(['follower', 'follower', 'leader']);
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'tickTime', number: 500 }));
    expect(payload.json + JSON.stringify(sections)).not.toContain('canary');
    for (const { child } of nodes.slice(1)) child.kill('SIGKILL');
    await until(async () => (await ask(ports)).found.includes('zookeeper-not-serving'), 60_000);
    expect((await ask(ports)).reach).toBe('partial');
  });

  it('finds an unlimited one, and says which words are not allowed', async () => {
    const [open] = await start(1, [ALLOWED, 'maxClientCnxns=0']);
    const told = await ask([open?.port ?? 0]);
    expect(told.sections.middlewareZookeeper?.rows[0]).toMatchObject({ mode: 'standalone' });
    expect(told.found).toEqual(['zookeeper-clients-unlimited']);
    expect((await ask([open?.port ?? 0], { tls: {} })).reach).toBe('tls-mismatch');
  });
});

describe('inspecting what answers as ZooKeeper', { timeout: 60_000 }, () => {
  const impostors = new Impostors();
  afterAll(() => impostors[Symbol.dispose]());
  /** As a server of 3.8 answers. */
  function saying(answers: Readonly<Record<string, string>>): Promise<number> {
    return impostors.raw((socket) =>
      socket.once('data', (word) => socket.end(answers[word.toString()] ?? `${word.toString()} is not executed because it is not in the whitelist.\n`)),
    );
  }

  it('finds what a leader in trouble tells, and leaves out what the whitelist lacks', async () => {
    const srvr =
      'Zookeeper version: 3.8.0-abc, built on canary\nLatency min/avg/max: 0/250.5/9000\nReceived: 9\nConnections: 7\nOutstanding: 40\nZxid: 0x1\nMode: leader\nNode count: 5\n';
    const mntr =
      'zk_followers\t3\nzk_synced_followers\t1\nzk_quorum_size\t4\nzk_open_file_descriptor_count\t900\nzk_max_file_descriptor_count\t1000\nzk_connection_rejected\t4\nzk_fsync_threshold_exceed_count\t20\n';
    const { found, payload } = await ask([await saying({ srvr, mntr, conf: 'clientPort=2181\ndataDir=/canary\ndataDirSize=20000000000\nmaxClientCnxns=60\n' })]);
    expect(found).toEqual(
      ['connections-rejected', 'descriptors-high', 'files-large', 'followers-unsynced', 'latency-high', 'members-even', 'outstanding-high', 'sync-slow'].map(
        (one) => `zookeeper-${one}`,
      ),
    );
    expect(payload.json).not.toContain('canary');
    const poor = await ask([await saying({ srvr })]);
    expect(poor.reach).toBe('partial');
    expect(poor.sections.middlewareZookeeper?.members[0]?.denied).toEqual(['mntr', 'conf']);
    expect(poor.verdicts).toContainEqual(expect.objectContaining({ check: 'zookeeper-files-large', verdict: 'unknown' }));
    expect((await ask([await saying({})])).reach).toBe('no-rights');
    expect((await ask([await saying({ srvr: 'This ZooKeeper instance is not currently serving requests\n' })])).found).toEqual(['zookeeper-not-serving']);
  });

  it('ends in time with servers that hang, close, babble or flood', async () => {
    expect(await impostors.ends('zookeeper', { begin: 'Zookeeper version: 3.8.0\n', filling: 'Mode: leader\n' })).toEqual([...HONEST]);
  });
});
