import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payloadSchema } from '../../agent/wire/schema.ts';
import { AgentProcess, isAlive } from '../support/agent.ts';
import { type ApiServer, NO_API_SERVER, startApiServer } from '../support/api-server.ts';
import { writeTree } from '../support/tree.ts';

const STACK = /\n\s+at .*[(/]/;
/** A schedule that does not come up during the test. */
const RARELY = ['--schedule', '0 0 29 2 *', '--time-zone', 'Asia/Shanghai'];
const AT_START = [...RARELY, '--run-at-start'];
const SERIES = [
  'xunjian_gatherer_duration_seconds{section="os"}',
  'xunjian_gatherer_success{section="os"} 1',
  'xunjian_check_verdict{check=',
  'xunjian_findings{severity="critical"}',
  'xunjian_coverage_ratio 0.',
  'xunjian_score ',
  'xunjian_last_run_timestamp_seconds 1',
  'xunjian_run_duration_seconds ',
  'xunjian_run_age_seconds ',
  'xunjian_leader 1',
  'xunjian_runs_total{result="ok"} 1',
  'xunjian_runs_total{result="failed"} 0',
  'process_resident_memory_bytes ',
];

describe.concurrent('xunjian agent', { timeout: 120_000 }, () => {
  let root = '';
  let server: ApiServer;
  beforeAll(async () => {
    if (NO_API_SERVER === '') server = await startApiServer();
    root = mkdtempSync(join(tmpdir(), 'xunjian-agent-host-'));
    writeTree(root, {
      '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
      '/etc/hostname': 'agent-host\n',
      '/proc/stat': 'cpu  1 1 1 1 1 1 1 1\ncpu0 1 1 1 1\nbtime 1795000000\n',
      '/proc/meminfo': 'MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n',
    });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(root, { recursive: true, force: true });
  });

  describe('an agent on a host', () => {
    it.each(['node', 'host'])('of role %s runs at start, keeps a private payload, tells its health, and stops', async (role) => {
      await using agent = new AgentProcess(['--role', role, '--host-root', root, '--node-name', 'node-7', ...AT_START]);
      expect((await agent.get('/healthz')).status).toBe(200);
      const before = await agent.get('/readyz');
      if (agent.spool.length === 0) expect(before.status).toBe(503);
      await agent.until(() => agent.lines.some(({ msg }) => msg === 'inspection kept'), 'kept a result');
      expect((await agent.get('/readyz')).status).toBe(200);
      expect(agent.spool).toHaveLength(1);
      const [file = ''] = agent.spool;
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(agent.stateDir).mode & 0o077).toBe(0);
      await agent.until(() => existsSync(join(agent.stateDir, 'next-run')), 'noted the next run'); // after the run has been told
      for (const name of ['site.key', 'names.json', 'next-run']) expect(statSync(join(agent.stateDir, name)).mode & 0o777, name).toBe(0o600);
      const payload = JSON.parse(readFileSync(file, 'utf8')) as { agent: object; sections: object };
      expect(payloadSchema().safeParse(payload).error?.issues).toBeUndefined();
      expect(payload.agent).toMatchObject({ role, epoch: 0 });
      const { text } = await agent.get('/metrics');
      for (const series of SERIES) expect(text, series).toContain(series);
      expect(text + agent.out + readFileSync(file, 'utf8')).not.toMatch(/agent-host|node-7/);
      expect((await agent.get('/elsewhere')).status).toBe(404);
      await agent.until(() => agent.inspections.length === 0, 'without the process of its finished run', 6_000);
      const { code, afterMs } = await agent.stop();
      expect(code).toBe(0);
      expect(afterMs).toBeLessThan(8_000);
      expect(agent.err).toBe('');
      expect(agent.lines.at(-1)?.msg).toBe('agent stopped');
    });

    it('is ready only after its first run, and stops within 10 s in the middle of one, which stays due', async () => {
      await using agent = new AgentProcess(['--role', 'host', '--host-root', '/', ...AT_START]);
      await agent.until(() => agent.inspections.length === 1, 'began a run');
      await sleep(500);
      expect((await agent.get('/readyz')).status).toBe(503);
      expect(await agent.metric('xunjian_run_age_seconds')).toBeUndefined();
      const [child = 0] = agent.inspections;
      const { code, afterMs } = await agent.stop();
      expect(code).toBe(0);
      expect(afterMs).toBeLessThan(10_000);
      expect(agent.spool).toEqual([]);
      expect(agent.out + agent.err).not.toContain('failed');
      expect(isAlive(child)).toBe(false);
      // The run that was broken off was not forgotten: the next process catches it up without being asked.
      await using again = new AgentProcess(['--role', 'host', '--host-root', root, ...RARELY], {}, agent.stateDir);
      await again.until(() => again.spool.length === 1, 'caught up the run that was broken off');
    });

    it('stops at once when told so before it has begun', async () => {
      await using agent = new AgentProcess(['--role', 'host', '--host-root', root, '--schedule', '0 0 29 2 *', '--jitter-seconds', '3600']);
      await agent.port();
      const { code, afterMs } = await agent.stop();
      expect(code).toBe(0);
      expect(afterMs).toBeLessThan(8_000);
    });

    it('never runs two inspections at a time, and counts those it had to skip', async () => {
      await using agent = new AgentProcess(['--role', 'host', '--host-root', '/', '--schedule', '* * * * * *']);
      await agent.port();
      let most = 0;
      while ((await agent.metric('xunjian_runs_total{result="ok"}')) === 0) {
        most = Math.max(most, agent.inspections.length);
        await sleep(100);
      }
      expect(most).toBe(1);
      expect(await agent.metric('xunjian_runs_total{result="skipped"}')).toBeGreaterThanOrEqual(2);
      expect(agent.lines.filter(({ msg }) => msg === 'a run was due while one was still going').length).toBeGreaterThanOrEqual(2);
    });

    it('catches up a run that was missed while it was down, once', async () => {
      const missed = async (due: string): Promise<boolean> => {
        await using agent = new AgentProcess(['--role', 'host', '--host-root', root, ...RARELY]);
        await agent.until(() => agent.spool.length === 1, 'ran for the first time');
        await agent.stop();
        writeFileSync(join(agent.stateDir, 'next-run'), due);
        await using again = new AgentProcess(['--role', 'host', '--host-root', root, ...RARELY], {}, agent.stateDir);
        await again.port();
        await sleep(700);
        const began = again.inspections.length > 0 || again.spool.length > 1;
        if (began) await again.until(() => again.spool.length === 2, 'caught up');
        return began;
      };
      expect(await Promise.all([missed('2026-01-01T00:00:00.000Z\n'), missed('2999-01-01T00:00:00.000Z\n')])).toEqual([true, false]);
    });

    it('counts an inspection whose process is killed as failed, and goes on', async () => {
      await using agent = new AgentProcess(['--role', 'host', '--host-root', '/', '--schedule', '*/2 * * * * *']);
      await agent.until(() => agent.inspections.length === 1, 'began a run');
      await sleep(400);
      process.kill(agent.inspections[0] ?? 0, 'SIGKILL');
      await agent.until(async () => (await agent.metric('xunjian_runs_total{result="failed"}')) === 1, 'counted it');
      expect(agent.lines.find(({ msg }) => msg === 'inspection failed')).toMatchObject({ error: 'RunFailedError', code: 'SIGKILL' });
      expect((await agent.get('/healthz')).status).toBe(200);
      expect((await agent.get('/readyz')).status).toBe(503);
      await agent.until(async () => (await agent.metric('xunjian_runs_total{result="ok"}')) === 1, 'went on');
    });

    it('whose own process is killed leaves no inspection behind', async () => {
      await using agent = new AgentProcess(['--role', 'host', '--host-root', '/', ...AT_START]);
      await agent.until(() => agent.inspections.length === 1, 'began a run');
      const [child = 0] = agent.inspections;
      await sleep(500);
      agent.signal('SIGKILL');
      await agent.end();
      for (let i = 0; i < 60 && isAlive(child); i += 1) await sleep(50);
      expect(isAlive(child)).toBe(false);
    });
  });

  describe('an agent that cannot start says why in one line and exits with 2', () => {
    async function refused(args: readonly string[], words: RegExp, stateDir?: string): Promise<void> {
      await using agent = new AgentProcess(['--role', 'host', '--host-root', root, ...AT_START, ...args], {}, stateDir);
      const { code } = await agent.end();
      expect(agent.err).toMatch(words);
      expect(agent.err.trim().split('\n')).toHaveLength(1);
      expect(agent.err + agent.out).not.toMatch(STACK);
      expect(code).toBe(2);
    }

    it('a state directory that cannot be written', async () => {
      await refused([], /^--state-dir \/dev\/null\/state: E(NOTDIR|EXIST)\n$/, '/dev/null/state');
      await refused([], /^--state-dir \/proc\/xunjian: E(NOENT|ACCES|PERM|ROFS)\n$/, '/proc/xunjian');
    });
    it('a port that is taken, or is nobody’s', async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;
      await refused(['--listen', `127.0.0.1:${port}`], new RegExp(`^--listen 127\\.0\\.0\\.1:${port}: EADDRINUSE\n$`));
      server.close();
      await refused(['--listen', '192.0.2.1:9464'], /^--listen 192\.0\.2\.1:9464: EADDRNOTAVAIL\n$/);
    });
    it('a key file that is missing, short, or a folder', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'xunjian-key-'));
      writeFileSync(join(folder, 'short'), 'very-secret');
      await refused(['--key-file', join(folder, 'none')], /^--key-file \S+\/none: not a site key of 32 bytes\n$/);
      await refused(['--key-file', join(folder, 'short')], /^--key-file \S+\/short: not a site key of 32 bytes\n$/);
      await refused(['--key-file', folder], /^--key-file \S+: EISDIR\n$/);
      rmSync(folder, { recursive: true });
    });
    it('a state directory with a damaged key of its own', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'xunjian-state-'));
      writeFileSync(join(folder, 'site.key'), 'short');
      await refused([], /^--state-dir \S+\/site\.key: not a site key of 32 bytes\n$/, folder);
      rmSync(folder, { recursive: true });
    });
    it('a kubeconfig that is missing', async () => {
      await refused(['--role', 'cluster', '--kubeconfig', '/no/such/kubeconfig'], /^kubeconfig \/no\/such\/kubeconfig: no such file/);
    });
  });

  describe('results that cannot be kept', () => {
    it('count as failed runs, and the agent goes on', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'xunjian-state-'));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'spool'), 'not a folder');
      await using agent = new AgentProcess(['--role', 'host', '--host-root', root, ...AT_START], {}, folder);
      await agent.until(async () => (await agent.metric('xunjian_runs_total{result="failed"}')) === 1, 'counted');
      // The line may come a moment after the count.
      await agent.until(() => agent.lines.some(({ msg }) => msg === 'inspection failed'), 'logged');
      expect(agent.lines.find(({ msg }) => msg === 'inspection failed')).toMatchObject({ code: 'EEXIST' });
      expect((await agent.get('/readyz')).status).toBe(503);
      expect(agent.ended).toBe(false);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }); // the agent is still there and may be writing
    });
  });

  describe.skipIf(NO_API_SERVER !== '')(`agents of the cluster role${NO_API_SERVER && ` (skipped: ${NO_API_SERVER})`}`, () => {
    const replica = (kubeconfig: string, ...more: readonly string[]): AgentProcess =>
      new AgentProcess(['--role', 'cluster', '--kubeconfig', kubeconfig, '--lease-namespace', 'default', '--lease-name', 'e2e', ...AT_START, ...more]);

    it('take turns: one works, and when it dies another takes over with a higher epoch', async () => {
      await using one = replica(server.kubeconfig);
      await using other = replica(server.kubeconfig);
      await one.until(() => one.spool.length + other.spool.length > 0, 'kept a result');
      const [first, second] = one.spool.length > 0 ? [one, other] : [other, one];
      expect(await first.metric('xunjian_leader')).toBe(1);
      expect(await second.metric('xunjian_leader')).toBe(0);
      expect([second.spool, second.inspections]).toEqual([[], []]);
      expect((await second.get('/readyz')).status).toBe(200);
      expect(first.epochs).toHaveLength(1);
      const payload: unknown = JSON.parse(readFileSync(first.spool[0] ?? '', 'utf8'));
      expect(payloadSchema().safeParse(payload).error?.issues).toBeUndefined();
      expect(payload).toMatchObject({
        agent: { role: 'cluster' },
        gatherers: expect.arrayContaining([expect.objectContaining({ section: 'pods', status: 'ok' })]) as unknown,
      });

      first.signal('SIGKILL');
      const died = performance.now();
      await second.until(() => second.spool.length === 1, 'took over');
      expect(performance.now() - died).toBeLessThan(45_000);
      expect(second.epochs[0]).toBeGreaterThan(first.epochs[0] ?? 0);
      expect(await second.metric('xunjian_leader')).toBe(1);

      const { code, afterMs } = await second.stop();
      expect([code, afterMs < 5_000]).toEqual([0, true]); // by itself, not by the guard after 9 s
      const { data } = await server.http.get<{ spec: { holderIdentity?: string } }>('/apis/coordination.k8s.io/v1/namespaces/default/leases/e2e');
      expect(data.spec.holderIdentity ?? '').toBe('');
    });

    it.each([
      ['a wrong token', 'unauthorized'],
      ['no right to the Lease', 'forbidden'],
      ['a server that is not there', 'unreachable'],
    ] as const)('with %s say so once, are not ready, and keep trying', async (what, reason) => {
      const kubeconfig = join(server.directory, `${reason}.kubeconfig`);
      const text = readFileSync(what === 'no right to the Lease' ? server.nobodyKubeconfig : server.kubeconfig, 'utf8');
      writeFileSync(
        kubeconfig,
        what === 'a wrong token' ? text.replace(/token: "[^"]*"/, 'token: "very-secret"') : reason === 'unreachable' ? text.replace(server.url, 'https://127.0.0.1:9') : text,
      );
      await using agent = replica(kubeconfig, '--lease-name', `trouble-${reason}`);
      await agent.until(() => agent.lines.some(({ msg }) => msg.startsWith('the lease cannot be used')), 'said so');
      await sleep(2_600); // one more attempt
      expect(agent.lines.filter(({ msg }) => msg.startsWith('the lease cannot be used'))).toEqual([expect.objectContaining({ level: 40, reason })]);
      expect((await agent.get('/readyz')).status).toBe(503);
      expect((await agent.get('/healthz')).status).toBe(200);
      expect(agent.out + agent.err).not.toContain('very-secret');
      const { code, afterMs } = await agent.stop();
      expect([code, afterMs < 10_000]).toEqual([0, true]);
    });
  });
});
