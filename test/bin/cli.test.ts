import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import { payloadSchema } from '../../agent/wire/schema.ts';
import { serve } from '../support/api.ts';
import { temporary, xunjian } from '../support/program.ts';
import { makeTree } from '../support/tree.ts';

const STACK = /\n\s+at .*\(/;
const FAST = ['--quiet', '--no-cluster'];
const tree = (): string =>
  makeTree({
    '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
    '/etc/hostname': 'golden-host\n',
    '/proc/stat': 'cpu  1 1 1 1 1 1 1 1\ncpu0 1 1 1 1\nbtime 1795000000\n',
    '/proc/meminfo': 'MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n',
  });

describe('usage', () => {
  it.each([
    [['frobnicate'], 'frobnicate'],
    [['inspect', '--no-such-option'], '--no-such-option'],
    [['inspect', 'stray'], 'stray'],
    [['inspect', '--fail-on', 'fatal'], 'fatal'],
    [['inspect', '--lang', 'fr'], '--lang: no such value "fr"; one of zh, en'],
    [['inspect', '--role', 'nope'], '--role: no such value "nope"; one of node, cluster, host'],
    [['agent'], '--role is missing'],
    [['inspect', '--host-root', '/no/such/root', ...FAST], '/no/such/root'],
    [['inspect', '--clear-names', 'secrets', ...FAST], 'secrets'],
    [['inspect', '--config', '/no/such/file', ...FAST], '/no/such/file'],
    [['agent', '--role', 'king'], '--role'],
    [['agent', '--role', 'host', '--schedule', 'every day'], '--schedule'],
    [['agent', '--role', 'host', '--time-zone', 'Mars/Base'], '--time-zone'],
    [['resolve', 'not-a-pseudonym'], 'not-a-pseudonym'],
  ])('%j is refused with one clear line and exit code 2', async (args, word) => {
    const { code, err, out } = await xunjian(args);
    expect(code).toBe(2);
    expect(err).toContain(word);
    expect(err.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(err + out).not.toMatch(STACK);
  });
  it('speaks the language of the user', async () => {
    expect((await xunjian(['frobnicate'], { LANG: 'zh_CN.UTF-8' })).err).toContain('没有命令');
    expect((await xunjian(['inspect', '--frobnicate'], { LANG: 'zh_CN.UTF-8' })).err).toContain('没有选项：--frobnicate');
    expect((await xunjian(['inspect', '--lang', 'fr'], { LANG: 'zh_CN.UTF-8' })).err).toContain('--lang：没有 "fr"，可用：zh、en');
    expect((await xunjian(['inspect', '--role', 'nope'], { LANG: 'zh_CN.UTF-8' })).err).toContain('--role：没有 "nope"，可用：');
    expect((await xunjian(['--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).out).toContain('Exit codes');
    expect((await xunjian(['--lang', 'en', 'nonsense'], { LANG: 'zh_CN.UTF-8' })).err).toContain('no such command: nonsense');
    expect((await xunjian(['help', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' })).out).toContain('Exit codes');
    expect((await xunjian(['help'], { LANG: 'C' })).out).toContain('退出码');
  });
  it('does not mind a reader that has seen enough', () => {
    const program = join(import.meta.dirname, '../../bin/xunjian.ts');
    const { stderr, stdout } = spawnSync('sh', ['-c', `"${process.execPath}" "${program}" checks | head -1`], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });
  it('prints the catalogue', async () => {
    const catalogue = JSON.parse((await xunjian(['checks', '--json'])).out) as { checks: { id: string }[]; subjects: { subjects: { checks: string[]; why?: unknown }[] }[] };
    expect(catalogue.checks.length).toBe(CHECKS.length);
    expect(catalogue.checks.length).toBeGreaterThanOrEqual(150);
    expect(catalogue.subjects.some(({ subjects }) => subjects.some(({ why }) => why !== undefined))).toBe(true);
    expect((await xunjian(['checks', '--markdown'])).out).toContain('# 检查目录');
  });
});

describe('inspect', () => {
  it('inspects a host tree and writes its four files, for the owner only', async () => {
    const { code, out, err, directory } = await xunjian(['inspect', '--host-root', tree(), '--fail-on', 'never', ...FAST]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('Score');
    const file = (name: string): string => join(directory, 'xunjian-report', name);
    for (const name of ['snapshot.json', 'findings.json', 'report.json', 'report.html']) expect(statSync(file(name)).mode & 0o077, name).toBe(0);
    expect(payloadSchema().safeParse(JSON.parse(readFileSync(file('snapshot.json'), 'utf8'))).success).toBe(true);
    const findings = JSON.parse(readFileSync(file('findings.json'), 'utf8')) as {
      schema: number;
      score: number;
      coverage: { unknown: { verdict: string }[] };
      findings: Record<string, unknown>[];
    };
    expect(findings.schema).toBe(1);
    for (const finding of findings.findings)
      expect(Object.keys(finding)).toEqual(expect.arrayContaining(['check', 'verdict', 'severity', 'scope', 'observed', 'threshold', 'remedy']));
    expect(new Set(findings.coverage.unknown.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
    expect(readFileSync(file('report.html'), 'utf8')).toContain('golden-host');
    expect(readFileSync(file('snapshot.json'), 'utf8')).not.toContain('golden-host');
    const key = join(directory, '.local/state/xunjian/site.key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });
  it('lets names out clear when told to, and only those', async () => {
    const { directory } = await xunjian(['inspect', '--host-root', tree(), '--clear-names', 'node', '--fail-on', 'never', ...FAST]);
    expect(readFileSync(join(directory, 'xunjian-report/snapshot.json'), 'utf8')).toContain('golden-host');
  });
  it('prints JSON on request and nothing else', async () => {
    const { out } = await xunjian(['inspect', '--host-root', tree(), '--json', ...FAST]);
    expect(JSON.parse(out)).toMatchObject({ schema: 1 });
  });
  it('tells by its exit code whether something was found', async () => {
    expect((await xunjian(['inspect', '--host-root', tree(), '--fail-on', 'info', ...FAST])).code).toBe(1);
  });
  it('does not take an empty directory for a host: exit code 3', async () => {
    const { code, err } = await xunjian(['inspect', '--host-root', temporary(), ...FAST]);
    expect(code).toBe(3);
    expect(err).toContain('neither /proc nor /etc');
  });
  it('says when there is nothing to inspect: exit code 3', async () => {
    const { code, err } = await xunjian(['inspect', '--no-host', '--no-cluster']);
    expect(code).toBe(3);
    expect(err.trim().split('\n')).toHaveLength(1);
    const none = await xunjian(['inspect', '--no-host']);
    expect(none.code).toBe(3);
    expect(none.err).toContain('No kubeconfig');
  });
  it('asks middleware whose addresses are declared, with neither host nor cluster', async () => {
    const directory = temporary();
    writeFileSync(join(directory, 'site.yaml'), 'middleware: { instances: [{ product: redis, name: cache, addresses: ["127.0.0.1:1"] }] }');
    const { code, directory: at } = await xunjian(['inspect', '--no-host', '--no-cluster', '--config', join(directory, 'site.yaml'), '--quiet']);
    expect(code).toBe(1);
    const { findings } = JSON.parse(readFileSync(join(at, 'xunjian-report/findings.json'), 'utf8')) as { findings: { check: string }[] };
    expect(findings.map(({ check }) => check)).toEqual(['middleware-instance-down']);
  });
  it('keeps the results elsewhere when the directory cannot be written', async () => {
    const { code, err, out } = await xunjian(['inspect', '--host-root', tree(), '--out', '/dev/null/report', ...FAST]);
    expect(code).toBe(2);
    expect(err).toMatch(/Cannot write.*ENOTDIR/);
    const kept = /\S*\/xunjian-[^/\s]+\/snapshot\.json/.exec(out)?.[0] ?? '';
    expect(existsSync(kept)).toBe(true);
  });
  it('goes on with a key for this run when the state directory cannot be written', async () => {
    const { err, directory } = await xunjian(['inspect', '--host-root', tree(), '--state-dir', '/dev/null/state', '--fail-on', 'never', ...FAST]);
    expect(err).toContain('/dev/null/state');
    expect(existsSync(join(directory, 'xunjian-report/snapshot.json'))).toBe(true);
  });
  it('tells every fault of the configuration, with file and key', async () => {
    const directory = temporary();
    writeFileSync(join(directory, 'site.yaml'), 'chekcs: {}\nsampleSeconds: fast\n');
    const { code, err } = await xunjian(['inspect', '--config', 'site.yaml', ...FAST], {}, directory);
    expect(code).toBe(2);
    expect(err).toContain('site.yaml chekcs: unknown key');
    expect(err).toContain('sampleSeconds: wrong type (expected number)');
  });
  it('shows an accepted risk and reports an expired one', async () => {
    const directory = temporary();
    writeFileSync(
      join(directory, 'accepted.yaml'),
      'suppressions:\n  - { check: "*", owner: Li, reason: planned, expires: 2999-01-01 }\n  - { check: "os-*", owner: Wang, reason: old, expires: 2020-01-01 }\n',
    );
    const { code, out } = await xunjian(['inspect', '--host-root', tree(), '--suppressions', 'accepted.yaml', '--fail-on', 'info', ...FAST], {}, directory);
    expect(code).toBe(0);
    expect(out).toMatch(/accepted risks: \d+/);
    expect(out).toContain('expired suppressions: os-* (Wang, 2020-01-01)');
  });
});

describe('a cluster that cannot be inspected', () => {
  const host = (): string[] => ['--host-root', tree(), '--quiet', '--fail-on', 'never'];
  async function withKubeconfig(content: string, context?: string): Promise<{ code: number | null; err: string; snapshot: string }> {
    const directory = temporary();
    writeFileSync(join(directory, 'kubeconfig'), content);
    const { code, err } = await xunjian(['inspect', '--kubeconfig', 'kubeconfig', ...(context ? ['--context', context] : []), ...host()], {}, directory);
    expect(err).not.toMatch(STACK);
    expect(err).not.toContain('very-secret');
    return { code, err, snapshot: readFileSync(join(directory, 'xunjian-report/snapshot.json'), 'utf8') };
  }
  const config = (server: string): string =>
    `apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters: [{name: k, cluster: {server: "${server}"}}]\nusers: [{name: u, user: {token: very-secret}}]\ncontexts: [{name: c, context: {cluster: k, user: u}}]\n`;

  it.each([
    ['is missing', undefined, 'no such file'],
    ['is no YAML', 'users: [very-secret\n  : }', 'not a valid kubeconfig'],
    ['is empty', '', 'not a valid kubeconfig'],
    ['names an unknown context', config('https://127.0.0.1:9'), 'no such context'],
  ] as const)('a kubeconfig that %s: one line, the host goes on', async (why, content, words) => {
    if (content === undefined) {
      const { err } = await xunjian(['inspect', '--kubeconfig', '/no/such/kubeconfig', ...host()]);
      expect(err).toContain('/no/such/kubeconfig');
      expect(err).toContain(words);
      return;
    }
    const { err, code, snapshot } = await withKubeconfig(content, why.includes('context') ? 'nobody' : undefined);
    expect(err).toContain(words);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(0);
    expect(snapshot).toContain('"os"');
  });
  it('an unreachable server, an expired token', async () => {
    expect((await withKubeconfig(config('http://127.0.0.1:9'))).err).toContain('http://127.0.0.1:9 unreachable (ECONNREFUSED)');
    expect((await withKubeconfig(config('https://no-such-host.invalid:6443'))).err).toMatch(/^[^\n]*https:\/\/no-such-host\.invalid:6443 unreachable, its name cannot be resolved/);
    const url = await serve({ paths: { '/api': { status: 401, text: 'Unauthorized very-secret' } } });
    const { err, snapshot } = await withKubeconfig(config(url));
    expect(err).toContain(`${url} credential not accepted (expired?) (HTTP 401); renew the credential`);
    expect(snapshot).toContain('"unauthorized"');
  });
  it('a proxy that is away is named, without its password', async () => {
    const behind = (proxy: string): string => config('https://10.0.0.1:6443').replace('{server:', `{proxy-url: "${proxy}", server:`);
    const { err } = await withKubeconfig(behind('http://user:very-secret@127.0.0.1:9'));
    expect(err).toContain('https://10.0.0.1:6443 through the proxy http://127.0.0.1:9 (check that first): unreachable (ECONNREFUSED)');
    expect((await withKubeconfig(behind('socks5://127.0.0.1:9'))).err).toContain('through the proxy socks5://127.0.0.1:9');
  });
  it('a login page that answers in place of an API server', async () => {
    const { err } = await withKubeconfig(config(await serve({ paths: { '/api': '<html>very-secret' } })));
    expect(err).toContain('what answers is no Kubernetes API server');
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('preview', () => {
  it('prints the bytes that would leave, or each with its purpose', async () => {
    const { out, err } = await xunjian(['preview', '--host-root', tree(), '--no-cluster']);
    expect(err).toBe('');
    expect(payloadSchema().safeParse(JSON.parse(out)).success).toBe(true);
    const explained = await xunjian(['preview', '--host-root', tree(), '--no-cluster', '--explain']);
    expect(explained.out).toMatch(/memory\.totalBytes = 8192000000 \[bytes\] {2}# \S/);
  });
  it('gives pseudonyms that resolve back at the site', async () => {
    const directory = temporary();
    const root = tree();
    const { out } = await xunjian(['preview', '--host-root', root, '--no-cluster'], {}, directory);
    const pseudonym = /node~[a-z2-7]{20}/.exec(out)?.[0] ?? '';
    expect((await xunjian(['resolve', pseudonym], {}, directory)).out).toBe(`${pseudonym} = "golden-host"\n`);
    expect((await xunjian(['resolve', `node~${'a'.repeat(20)}`], {}, directory)).code).toBe(1);
  });
});

describe('a hostile host tree', () => {
  it('neither hangs nor crashes', async () => {
    const root = tree();
    mkdirSync(join(root, 'proc/sys/vm'), { recursive: true });
    writeFileSync(join(root, 'proc/stat'), Buffer.alloc(3_000_000, 0xff));
    writeFileSync(join(root, 'proc/meminfo'), 'MemTotal: '.repeat(100_000));
    writeFileSync(join(root, 'etc/os-release'), `ID=${'x'.repeat(1_000_000)}\0\n`);
    const { code, err } = await xunjian(['inspect', '--host-root', root, '--fail-on', 'never', ...FAST]);
    expect(err).toBe('');
    expect(code).toBe(0);
  });
});

describe('an inspection that is stopped', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s, sent to its whole group: leaves a report of what was read, which says so', async (signal) => {
    const asked = Promise.withResolvers<void>();
    const hanging = createServer((request, response) => {
      if (request.url === '/api') response.end('{"versions":["v1"]}');
      else asked.resolve(); // whatever is read of the cluster never comes
    });
    hanging.listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    const directory = temporary();
    const server = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    writeFileSync(
      join(directory, 'kubeconfig'),
      JSON.stringify({ 'current-context': 'c', clusters: [{ name: 'k', cluster: { server } }], users: [], contexts: [{ name: 'c', context: { cluster: 'k' } }] }),
    );
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/xunjian.ts'), 'inspect', '--kubeconfig', 'kubeconfig', '--host-root', tree(), '--lang', 'zh'], {
      cwd: directory,
      env: { PATH: process.env['PATH'] ?? '', HOME: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let out = '';
    const hostIsRead = Promise.withResolvers<void>();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => /主机 (\d+)\/\1\]/.test(text) && hostIsRead.resolve());
    const closed = once(child, 'close');
    await Promise.all([asked.promise, hostIsRead.promise]);
    process.kill(-(child.pid ?? 0), signal);
    const [code] = (await closed) as [number | null];
    hanging.closeAllConnections();
    hanging.close();
    expect([0, null]).not.toContain(code);
    expect(out).toContain('巡检在完成之前被中断');
    const page = readFileSync(join(directory, 'xunjian-report/report.html'), 'utf8');
    expect(page).toContain('巡检在完成之前被中断');
    expect(page).toContain('Debian'); // what had been read is there
    expect(JSON.parse(readFileSync(join(directory, 'xunjian-report/findings.json'), 'utf8'))).toMatchObject({ interrupted: true });
  });
});
