/** The virtual address of a pair of TongHttpServers, between two real network namespaces where this user may make them. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { localAddresses, vipsIn } from '../../../../agent/gatherers/middleware/ths/vip.ts';
import { declaredAt, inspectHostMiddleware } from '../../../support/middleware.ts';
import { put } from '../../../support/tongweb-tree.ts';

const NOW = Math.floor(Date.now() / 1_000);
const ROOT = new URL('../../../..', import.meta.url).pathname;

function whyNot(): string {
  try {
    execFileSync('ip', ['netns', 'add', `xunjian-probe-${process.pid}`], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'del', `xunjian-probe-${process.pid}`], { stdio: 'pipe' });
    return '';
  } catch {
    return 'network namespaces want root and iproute2';
  }
}
const NO_NAMESPACES = whyNot();

describe('addresses of httpserverHA.conf', () => {
  it.each([
    ['virtual_ipaddress {\n  10.0.0.9/24 dev eth0\n # 10.0.0.8\n  fd00::9\n}\nauth_pass canary', ['10.0.0.9', 'fd00::9']],
    ['vip = 10.0.0.9\nvirtual_ip: "10.0.0.7"\nreal_server 10.0.0.3', ['10.0.0.9', '10.0.0.7']],
    ['vip canary\nvirtual_ipaddress { 300.1.1.1 }\n', []],
    ['', []],
  ])('%j are %j', (text, vips) => {
    expect(vipsIn(text)).toEqual(vips);
  });
  it('of the machine itself are told from those that it routes to', () => {
    expect(localAddresses('     |-- 10.0.0.0\n        /24 link UNICAST\n     |-- 10.0.0.5\n        /32 host LOCAL\n     |-- 10.0.0.255\n        /32 link BROADCAST\n')).toEqual([
      '10.0.0.5',
    ]);
  });
});

describe('a TongHttpServer that does not hold the address', () => {
  it('has no split brain, and one without a peer to ask is unknown', async () => {
    const root = mkdtempSync(join(tmpdir(), 'xunjian-vip-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const tree = { root, now: NOW };
    put(tree, '/etc/hostname', 'web-1\n');
    put(tree, '/opt/THS/conf/httpserver.conf', 'worker_connections 1024;\n');
    put(tree, '/opt/THS/conf/httpserverHA.conf', 'vrrp_instance canary {\n virtual_ipaddress {\n 10.0.0.9/24\n }\n authentication { auth_pass canary }\n}\n');
    put(tree, '/proc/net/fib_trie', '  |-- 10.0.0.5\n     /32 host LOCAL\n');
    const verdictOf = ({ verdicts }: Awaited<ReturnType<typeof inspectHostMiddleware>>): unknown => verdicts.find(({ check }) => check === 'ths-vip-split-brain')?.verdict;
    const backup = await inspectHostMiddleware({ root, now: NOW });
    expect(verdictOf(backup)).toBe('pass');
    expect(backup.sections.middlewareThs?.rows[0]).toMatchObject({ vips: 1, vipsHeld: 0 });
    expect(JSON.stringify(backup.sections)).not.toMatch(/canary|10\.0\.0\.9/);
    put(tree, '/proc/net/fib_trie', '  |-- 10.0.0.9\n     /32 host LOCAL\n');
    expect(verdictOf(await inspectHostMiddleware({ root, now: NOW }))).toBe('unknown');
    const closed = [declaredAt('ths', 'front', { home: '/opt/THS', haPeers: '127.0.0.1:1' })];
    expect(verdictOf(await inspectHostMiddleware({ root, now: NOW, instances: closed }))).toBe('unknown');
  });
});

describe.skipIf(NO_NAMESPACES !== '')(`two hosts and one address${NO_NAMESPACES && ` (skipped: ${NO_NAMESPACES})`}`, { timeout: 60_000 }, () => {
  it('are a split brain while both hold it, and none when one does', async () => {
    const [one, other] = [`xja${process.pid}`, `xjb${process.pid}`];
    const ip = (...args: readonly string[]): void => void execFileSync('ip', args, { stdio: 'pipe' });
    onTestFinished(() => {
      for (const name of [one, other]) execFileSync('sh', ['-c', `ip netns del ${name} 2>/dev/null || true`]);
    });
    for (const name of [one, other]) ip('netns', 'add', name);
    ip('link', 'add', 'xjv0', 'netns', one, 'type', 'veth', 'peer', 'name', 'xjv0', 'netns', other);
    for (const [name, address] of [
      [one, '10.97.0.1/24'],
      [other, '10.97.0.2/24'],
    ] as const) {
      ip('-n', name, 'address', 'add', address, 'dev', 'xjv0');
      for (const device of ['lo', 'xjv0']) ip('-n', name, 'link', 'set', device, 'up');
    }
    ip('-n', one, 'address', 'add', '10.97.0.9/24', 'dev', 'xjv0');
    const listener = spawn('ip', [
      'netns',
      'exec',
      other,
      process.execPath,
      '-e',
      "require('node:net').createServer((s)=>s.on('error',()=>{}).destroy()).listen(49151,'0.0.0.0',()=>console.log('up'))",
    ]);
    onTestFinished(() => void listener.kill());
    await new Promise<void>((resolve) => listener.stdout.once('data', () => resolve()));

    const folder = mkdtempSync(join(tmpdir(), 'xunjian-vip-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const script = join(folder, 'ask.mts');
    writeFileSync(
      script,
      `import { readVip } from '${ROOT}agent/gatherers/middleware/ths/vip.ts';
import { Host } from '${ROOT}agent/host/host.ts';
import { Visit } from '${ROOT}agent/middleware/visit.ts';
import { LIMITS } from '${ROOT}agent/middleware/declaration.ts';
const signal = AbortSignal.timeout(20_000);
const context = {
  instance: { id: 'front', options: { vip: '10.97.0.9', haPeers: '10.97.0.2:49151' } },
  visit: async (_member, address) => new Visit(address, { limits: { ...LIMITS, connectMs: 1_500 } }, {}, signal),
};
const host = await Host.at('/', { sampleMs: 0, now: Date.now });
host.netFile = async (file) => '/proc/self/net/' + file; // process 1 is in another namespace here
console.log(JSON.stringify(await readVip(context, host, undefined)));
`,
    );
    const ask = (): unknown => JSON.parse(execFileSync('ip', ['netns', 'exec', one, process.execPath, script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
    expect(ask()).toEqual({ vips: 1, vipsHeld: 1, vipPeers: 1, vipPeersHolding: 0 });
    ip('-n', other, 'address', 'add', '10.97.0.9/24', 'dev', 'xjv0');
    expect(ask()).toEqual({ vips: 1, vipsHeld: 1, vipPeers: 1, vipPeersHolding: 1 });
    ip('-n', one, 'address', 'del', '10.97.0.9/24', 'dev', 'xjv0');
    expect(ask()).toEqual({ vips: 1, vipsHeld: 0 });
  });
});
