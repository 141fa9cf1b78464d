import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { Authority } from '../../../support/certificates.ts';
import { HONEST, HTTP_FLOOD, Impostors } from '../../../support/impostors.ts';
import { inspectMiddleware } from '../../../support/middleware.ts';
import { freePort } from '../../../support/postgres.ts';
import { until } from '../../../support/redis.ts';

const ETCD = [join(process.env['KUBEBUILDER_ASSETS'] ?? '/nowhere', 'etcd'), '/usr/bin/etcd'].find((file) => existsSync(file));
const NO_ETCD = ETCD === undefined ? 'etcd is not there (KUBEBUILDER_ASSETS)' : undefined;

describe.skipIf(NO_ETCD)('inspecting etcd', { timeout: 120_000 }, () => {
  const folder = mkdtempSync('/tmp/xunjian-etcd-');
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const authority = new Authority(folder, 'trusted');
  const server = authority.issue('etcd', 'IP:127.0.0.1');
  const client = authority.issue('xunjian', 'DNS:xunjian');
  const tls = { caFile: authority.caFile, certFile: client.certFile, keyFile: client.keyFile };

  async function start(count: number, secure: boolean, extra: readonly string[] = []): Promise<{ port: number; child: ChildProcess }[]> {
    const scheme = secure ? 'https' : 'http';
    const nodes = await Promise.all(Array.from({ length: count }, async (_, index) => ({ name: `canary-${index}`, port: await freePort(), peer: await freePort() })));
    const cluster = nodes.map(({ name, peer }) => `${name}=http://127.0.0.1:${peer}`).join(',');
    const started = nodes.map(({ name, port, peer }) => {
      const own = [
        `--name=${name}`,
        `--data-dir=${mkdtempSync(join(folder, 'data-'))}`,
        `--listen-client-urls=${scheme}://127.0.0.1:${port}`,
        `--advertise-client-urls=${scheme}://127.0.0.1:${port}`,
      ];
      const peers = [`--listen-peer-urls=http://127.0.0.1:${peer}`, `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`, `--initial-cluster=${cluster}`];
      const certificates = secure ? [`--cert-file=${server.certFile}`, `--key-file=${server.keyFile}`, '--client-cert-auth', `--trusted-ca-file=${authority.caFile}`] : [];
      const child = spawn(ETCD ?? '', [...own, ...peers, ...certificates, ...extra], { stdio: 'ignore' });
      children.push(child);
      return { port, child };
    });
    await until(
      async () =>
        (
          await ask(
            started.map(({ port }) => port),
            secure ? { tls } : {},
          )
        ).sections.middlewareEtcdServer?.members.every(({ hasLeader }) => hasLeader === true) ?? false,
      60_000,
    );
    return started;
  }
  const ask = async (ports: readonly number[], declared: object) => {
    const told = await inspectMiddleware({ product: 'etcd-server', ports, declared });
    return { ...told, found: told.found.filter((check) => check.startsWith('etcd-server')) };
  };

  it('finds nothing at a sound cluster of three with client certificates, and sees a member that is gone', async () => {
    const nodes = await start(3, true);
    const ports = nodes.map(({ port }) => port);
    const { reach, found, sections, payload, verdicts } = await ask(ports, { tls });
    expect(reach).toBe('ok');
    expect(found).toEqual([]);
    expect(verdicts.filter(({ check, verdict }) => check.startsWith('etcd-server') && verdict === 'unknown')).toEqual([]);
    expect(sections.middlewareEtcdServer?.rows[0]).toMatchObject({ mode: 'cluster', votingMembers: 3, leaders: 1 });
    expect(sections.middlewareEtcdServer?.members[0]).toMatchObject({ healthy: true, alarms: 0, anonymous: false, tls: true });
    expect(payload.json + JSON.stringify(sections)).not.toContain('canary');
    expect((await ask(ports, { tls: { caFile: authority.caFile } })).reach).toBe('tls-mismatch');
    expect((await ask(ports, { tls: { ...tls, caFile: new Authority(folder, 'stranger').caFile } })).reach).toBe('tls-mismatch');
    expect((await ask(ports, {})).reach).toBe('tls-mismatch');

    for (const { child } of nodes.slice(1)) child.kill('SIGKILL');
    await until(async () => (await ask(ports, { tls })).found.includes('etcd-server-leader-missing'), 60_000);
    const broken = await ask(ports, { tls });
    expect(broken.reach).toBe('partial');
    expect(broken.found).toContain('etcd-server-unhealthy');
  });

  it('is read with the certificate that the page issues, and as far as roles let it', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/middleware/etcd-server.md'), 'utf8');
    const commands = /```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    expect(commands).toContain('openssl x509');
    const own = mkdtempSync(join(folder, 'page-'));
    copyFileSync(authority.caFile, join(own, 'ca.pem'));
    copyFileSync(authority.caFile.replace(/\.crt$/, '.key'), join(own, 'ca.key'));
    execFileSync('/bin/sh', ['-ec', commands], { cwd: own, stdio: 'ignore' });
    const [secure] = await start(1, true);
    const issued = await ask([secure?.port ?? 0], { tls: { caFile: join(own, 'ca.pem'), certFile: join(own, 'etcd.pem'), keyFile: join(own, 'etcd.key') } });
    expect(issued.reach).toBe('ok');
    expect(issued.found.filter((check) => !check.endsWith('-slow'))).toEqual([]);

    const [open] = await start(1, false);
    const port = open?.port ?? 0;
    const call = async (path: string, body: object): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}/v3/auth/${path}`, { method: 'POST', body: JSON.stringify(body) })).status;
    expect(await call('user/add', { name: 'root', password: 'canary-root' })).toBe(200);
    expect(await call('role/add', { name: 'root' })).toBe(200);
    expect(await call('user/grant', { user: 'root', role: 'root' })).toBe(200);
    expect(await call('enable', {})).toBe(200);
    const guarded = await ask([port], {});
    const verdictOf = (check: string): unknown => guarded.verdicts.find((one) => one.check === check)?.verdict;
    expect(guarded.sections.middlewareEtcdServer?.members[0]).toMatchObject({ anonymous: false, healthy: true, hasLeader: true });
    expect([verdictOf('etcd-server-anonymous'), verdictOf('etcd-server-leader-missing')]).toEqual(['pass', 'pass']);
    expect([guarded.sections.middlewareEtcdServer?.rows[0]?.votingMembers, guarded.sections.middlewareEtcdServer?.members[0]?.alarms]).toEqual([1, 0]);
    expect(guarded.payload.json).not.toContain('canary');
  });

  it('finds an open one that ran out of space', async () => {
    const [node] = await start(1, false, ['--quota-backend-bytes=200000']);
    const port = node?.port ?? 0;
    const put = async (): Promise<number> =>
      (
        await fetch(`http://127.0.0.1:${port}/v3/kv/put`, {
          method: 'POST',
          body: JSON.stringify({ key: btoa('canary-key'), value: Buffer.alloc(10_000, 'canary').toString('base64') }),
        })
      ).status;
    // The quota is held against the file of the last commit, so how many fit depends on how fast it commits.
    await until(async () => (await put()) !== 200, 60_000);
    const { sections, payload } = await vi.waitFor(
      async () => {
        const told = await ask([port], {});
        // A busy disk makes it slow as well.
        expect(told.found.filter((check) => !check.endsWith('-slow'))).toEqual([
          'etcd-server-alarm',
          'etcd-server-anonymous',
          'etcd-server-database-near-quota',
          'etcd-server-unhealthy',
        ]);
        return told;
      },
      { timeout: 60_000, interval: 300 }, // etcd measures its file at its next commit
    );
    expect(sections.middlewareEtcdServer?.rows[0]).toMatchObject({ mode: 'standalone', votingMembers: 1 });
    expect(payload.json + JSON.stringify(sections)).not.toContain('canary');
  });
});

describe('inspecting what answers as etcd', { timeout: 60_000 }, () => {
  const impostors = new Impostors();
  afterAll(() => impostors[Symbol.dispose]());
  it('knows nothing of what a metrics port does not tell', async () => {
    const port = await impostors.http({ '/metrics': 'etcd_server_has_leader 1\netcd_server_is_leader NaN\nevil{a="\\"} 9\n' });
    const { reach, found, verdicts } = await inspectMiddleware({ product: 'etcd-server', ports: [port] });
    expect(reach).toBe('ok');
    expect(found).toEqual([]);
    const verdictOf = (check: string): unknown => verdicts.find((one) => one.check === check)?.verdict;
    expect(['etcd-server-leader-missing', 'etcd-server-alarm', 'etcd-server-anonymous', 'etcd-server-database-near-quota'].map(verdictOf)).toEqual([
      'pass',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
  it('ends in time with servers that hang, close, babble or flood', async () => {
    expect(await impostors.ends('etcd-server', HTTP_FLOOD)).toEqual([...HONEST]);
  });
});
