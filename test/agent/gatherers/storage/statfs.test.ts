import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Host } from '../../../../agent/host/host.ts';
import { measureMounts } from '../../../../agent/host/statfs.ts';
import { deviceOf, measureTarget } from '../../../../agent/host/statfs-measure.ts';
import { decodeOctal, mustIsolate, visiblePaths } from '../../../../agent/host/statfs-paths.ts';
import { hostOf } from '../../../support/tree.ts';

const NEVER = new AbortController().signal;
const live = (): Host => new Host({ root: '/', sampleMs: 0, now: Date.now, live: true, running: true });

/** A child's script with this body, removed when the test ends. */
function scriptOf(body: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-child-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'child.mjs');
  writeFileSync(file, body);
  return file;
}
const rootDevice = (): string => deviceOf(statSync('/', { bigint: true }).dev);
async function elapsed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  const value = await work;
  return { value, ms: performance.now() - began };
}

describe('sizes of file systems', () => {
  it('are the kernel’s, for a local mount and for one asked in a child process', async () => {
    const { blocks, bsize } = statfsSync('/');
    const mounts = [
      { mountPoint: '/', device: rootDevice(), isolated: false },
      { mountPoint: '/', device: rootDevice(), isolated: true },
    ];
    const results = await measureMounts(live(), mounts, { signal: NEVER, deadlineMs: 5_000 });
    expect(results).toMatchObject([
      { state: 'measured', numbers: { blocks, bsize } },
      { state: 'measured', numbers: { blocks, bsize } },
    ]);
  });
  it('are found by any path of the same device when the mount point itself is out of sight', async () => {
    const device = rootDevice();
    const host = new Host({ root: '/nowhere', sampleMs: 0, now: Date.now, live: false, running: true });
    const ownMountinfo = `1 0 ${device} /somewhere /etc/hostname rw - ext4 /dev/x rw\n`;
    const results = await measureMounts(host, [{ mountPoint: '/var/lib/kubelet', device, isolated: false }], { signal: NEVER, deadlineMs: 5_000, ownMountinfo });
    expect(results).toMatchObject([{ state: 'measured' }]);
  });
  it('are not those of another device at the same path', async () => {
    expect(await measureTarget({ paths: ['/proc', '/nowhere'], device: rootDevice() })).toBeUndefined();
    const results = await measureMounts(live(), [{ mountPoint: '/', device: '9999:1', isolated: false }], { signal: NEVER, deadlineMs: 1_000 });
    expect(results).toEqual([{ state: 'unmeasured' }]);
  });
  it('come from the record in a captured tree', async () => {
    const record = { '/': { bsize: 4096, blocks: 100, bfree: 50, bavail: 40, files: 10, ffree: 5 }, '/nfs': { hung: true }, '/bad': { bsize: -1 } };
    const host = await hostOf({ '/.statfs.json': JSON.stringify(record) });
    const mounts = ['/', '/nfs', '/bad', '/other', 'constructor'].map((mountPoint) => ({ mountPoint, isolated: false }));
    const results = await measureMounts(host, mounts, { signal: NEVER, deadlineMs: 1_000 });
    expect(results.map(({ state }) => state)).toEqual(['measured', 'hung', 'unmeasured', 'unmeasured', 'unmeasured']);
  });
  it('are not measured at all in a tree without a record', async () => {
    expect(await measureMounts(await hostOf({}), [{ mountPoint: '/', isolated: false }], { signal: NEVER, deadlineMs: 1_000 })).toEqual([{ state: 'unmeasured' }]);
  });
});

describe('a mount that hangs', () => {
  const hangs = [{ mountPoint: '/a', device: '900:1', isolated: true }];
  const others = [
    { mountPoint: '/b', device: '900:2', isolated: true },
    { mountPoint: '/c', device: '900:3', isolated: true },
  ];
  const silent = [{ mountPoint: '/d', device: '900:4', isolated: true }];
  const ownMountinfo = '1 0 900:1 / /a rw - nfs x rw\n2 0 900:2 / /b rw - nfs x rw\n3 0 900:3 / /c rw - nfs x rw\n4 0 900:4 / /d rw - nfs x rw\n';

  it('is reported as hung when the child begins and never answers', async () => {
    const script = scriptOf(`process.stdout.write('{"index":0,"state":"begun"}\\n'); setInterval(() => {}, 1000); process.on('SIGTERM', () => {});`);
    const { value, ms } = await elapsed(measureMounts(live(), hangs, { signal: NEVER, deadlineMs: 300, script, ownMountinfo }));
    expect(value).toEqual([{ state: 'hung' }]);
    expect(ms).toBeLessThan(6_000);
  });
  it('does not hold back the answers of others', async () => {
    const numbers = '{"bsize":1,"blocks":2,"bfree":1,"bavail":1,"files":0,"ffree":0}';
    const script = scriptOf(`
      for (const line of ['{"index":0,"state":"begun"}', '{"index":1,"state":"begun"}', '{"index":1,"state":"measured","numbers":${numbers}}']) process.stdout.write(line + '\\n');
      setInterval(() => {}, 1000);`);
    const { value } = await elapsed(measureMounts(live(), others, { signal: NEVER, deadlineMs: 500, script, ownMountinfo }));
    expect(value.map(({ state }) => state)).toEqual(['hung', 'measured']);
  });
  it.each([
    ['says nothing', 'setInterval(() => {}, 1000);'],
    ['dies at once', 'process.exit(3);'],
    ['writes garbage', `process.stdout.write('\\u0000{}\\n[1]\\n{"index":7,"state":"measured"}\\n{"index":0,"state":"measured","numbers":{"bsize":"x"}}\\n');`],
    ['writes without end', `const blob = 'x'.repeat(65536); const write = () => { while (process.stdout.write(blob)); process.stdout.once('drain', write); }; write();`],
    ['does not exist', undefined],
  ])('is unmeasured, not hung, when the child %s', async (_name, body) => {
    const script = body === undefined ? '/nowhere/child.mjs' : scriptOf(body);
    const { value, ms } = await elapsed(measureMounts(live(), silent, { signal: NEVER, deadlineMs: 200, script, ownMountinfo }));
    expect(value).toEqual([{ state: 'unmeasured' }]);
    expect(ms).toBeLessThan(12_000);
  });
  it('is left when the run is aborted', async () => {
    const script = scriptOf('setInterval(() => {}, 1000);');
    const { value, ms } = await elapsed(measureMounts(live(), silent, { signal: AbortSignal.timeout(200), deadlineMs: 60_000, script, ownMountinfo }));
    expect(value).toEqual([{ state: 'unmeasured' }]);
    expect(ms).toBeLessThan(3_000);
  });
  it('holds one thread at most when it is local, and sends the others to the child', async () => {
    let release: (() => void) | undefined;
    let calls = 0;
    const measure = async (): Promise<undefined> => {
      calls += 1;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    const local = { mountPoint: '/', device: rootDevice(), isolated: false };
    const first = await elapsed(measureMounts(live(), [local, local, local], { signal: NEVER, deadlineMs: 200, measure }));
    expect(first.value.map(({ state }) => state)).toEqual(['hung', 'measured', 'measured']);
    expect(calls).toBe(1);
    const again = await measureMounts(live(), [local], { signal: NEVER, deadlineMs: 5_000, measure });
    expect(again.map(({ state }) => state)).toEqual(['measured']);
    expect(calls).toBe(1);
    release?.();
    await sleep(10);
    await measureMounts(live(), [local], { signal: NEVER, deadlineMs: 50, measure });
    expect(calls).toBe(2);
    release?.();
  });

  it('is real: a FUSE mount whose server never answers', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'xunjian-fuse-'));
    const server = spawn('/bin/bash', ['-c', `exec 3<>/dev/fuse && mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 none ${folder} && exec sleep 60`], {
      stdio: 'ignore',
    });
    onTestFinished(() => {
      server.kill('SIGKILL');
      spawnSync('umount', ['-l', folder]);
    });
    const mounted = (): string | undefined => / (\d+:\d+) \/ \S*xunjian-fuse-\S* /.exec(readFileSync('/proc/self/mountinfo', 'utf8'))?.[1];
    for (let tries = 0; tries < 40 && mounted() === undefined && server.exitCode === null; tries += 1) await sleep(50);
    const device = mounted();
    if (device === undefined) return context.skip('needs root and /dev/fuse');
    const mounts = [
      { mountPoint: folder, device, isolated: true },
      { mountPoint: '/', device: rootDevice(), isolated: true },
    ];
    const { value, ms } = await elapsed(measureMounts(live(), mounts, { signal: NEVER, deadlineMs: 500 }));
    expect(value.map(({ state }) => state)).toEqual(['hung', 'measured']);
    expect(ms).toBeLessThan(8_000);
    expect(statfsSync('/').blocks).toBeGreaterThan(0); // this process still reads files
  });
});

describe('paths of this process', () => {
  it('lead to devices, short ones first, risky ones marked', () => {
    const text = '1 0 8:1 / / rw - ext4 a rw\n2 1 0:9 / /nfs rw - nfs4 b rw\n3 2 8:1 /x /nfs/x rw - ext4 a rw\n4 1 8:2 / /host\\040root rw shared:1 - xfs c rw\nbad\n5 1 8:3\n';
    const paths = visiblePaths(text);
    expect(paths.get('8:1')).toEqual([
      { path: '/', risky: false },
      { path: '/nfs/x', risky: true },
    ]);
    expect(paths.get('0:9')).toEqual([{ path: '/nfs', risky: true }]);
    expect(paths.get('8:2')).toEqual([{ path: '/host root', risky: false }]);
    expect(paths.has('8:3')).toBe(false);
  });
  it('decode escapes and know which types to isolate', () => {
    expect(decodeOctal('/a\\040b\\134c')).toBe('/a b\\c');
    expect(['nfs4', 'fuse.anything', 'cifs', 'ceph'].every(mustIsolate)).toBe(true);
    expect(['ext4', 'xfs', 'tmpfs', 'fused'].some(mustIsolate)).toBe(false);
  });
  it('name devices as mountinfo does', () => {
    expect(deviceOf(BigInt((8 << 8) | 1))).toBe('8:1');
    expect(deviceOf((0xfdn << 8n) | 0x01n | 0x12300000n)).toBe(`253:${0x12301}`);
  });
});
