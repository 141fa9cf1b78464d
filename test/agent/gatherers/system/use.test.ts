import { describe, expect, it } from 'vitest';
import { cpuShares, parseCpuTimes } from '../../../../agent/gatherers/host/system/cpu.ts';
import { HOST_SYSTEM_GATHERERS } from '../../../../agent/gatherers/host/system/index.ts';
import { load, parseLoad, parseThreads } from '../../../../agent/gatherers/host/system/load.ts';
import { memory, memoryRates, parseMemory } from '../../../../agent/gatherers/host/system/memory.ts';
import { parsePressure, pressure } from '../../../../agent/gatherers/host/system/pressure.ts';
import { parseFileHandles, parseProcess, processes } from '../../../../agent/gatherers/host/system/processes.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { Host } from '../../../../agent/host/host.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const OPTIONS = { signal: AbortSignal.timeout(20_000), concurrency: 4, clock: () => 0 };
const MEMINFO = `MemTotal:       16384000 kB
MemFree:         1000000 kB
MemAvailable:    4096000 kB
Buffers:          200000 kB
Cached:          3000000 kB
SwapTotal:       2097148 kB
SwapFree:        1048574 kB
Dirty:               300 kB
Writeback:           100 kB
PageTables:        50000 kB
Slab:             800000 kB
SUnreclaim:       300000 kB
CommitLimit:    10289148 kB
Committed_AS:    9000000 kB
HardwareCorrupted:     4 kB
HugePages_Total:     512
HugePages_Free:      512
Hugepagesize:       2048 kB
`;

describe('processor times', () => {
  it('gives shares of the time between two samples', () => {
    const first = parseCpuTimes('cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1 1 1 1\n');
    expect(cpuShares(first, parseCpuTimes('cpu  150 0 75 850 75 0 0 50 0 0\n'))).toEqual({ user: 25, system: 12.5, idle: 25, iowait: 12.5, steal: 25 });
    expect(cpuShares(first, first)).toBeUndefined();
  });
  it('does not read anything else', () => expect(() => parseCpuTimes('intr 1 2 3\n')).toThrow('malformed'));
});

describe('load', () => {
  it('reads averages and threads', async () => {
    expect(parseLoad('1.21 0.98 0.76 3/1874 29873\n')).toEqual({ load1: 1.21, load5: 0.98, load15: 0.76 });
    expect(parseThreads('1.21 0.98 0.76 3/1874 29873\n')).toBe(1_874);
    for (const bad of ['', '1 2', 'a b c', '1.0 2.0']) expect(() => parseLoad(bad)).toThrow('malformed');
    const host = await hostOf({ '/proc/loadavg': '1.21 0.98 0.76 3/1874 29873\n', '/proc/stat': 'cpu  1 2 3 4\ncpu0 1 2\ncpu1 1 2\nintr 9 9\nprocs_running 3\nprocs_blocked 1\n' });
    expect((await runGatherers([load], { host }, OPTIONS)).sections.load).toEqual({ load1: 1.21, load5: 0.98, load15: 0.76, cores: 2, running: 3, blocked: 1 });
  });
});

describe('pressure', () => {
  it('reads both lines', () => {
    expect(parsePressure('some avg10=1.50 avg60=2.25 avg300=3.00 total=20680262\nfull avg10=0.00 avg60=0.10 avg300=0.20 total=0\n')).toEqual({
      Some10Percent: 1.5,
      Some60Percent: 2.25,
      Some300Percent: 3,
      Full10Percent: 0,
      Full60Percent: 0.1,
      Full300Percent: 0.2,
    });
    expect(parsePressure('some avg10=1.50 avg60=2.25 avg300=3.00 total=1\n')).not.toHaveProperty('Full10Percent');
    for (const bad of ['', 'some', 'some avg10=x avg60=1.0 avg300=1.0', '\0']) expect(parsePressure(bad)).toEqual({});
  });
  it('is absent on kernels without it, and of one resource on old ones', async () => {
    const { reports } = await runGatherers([pressure], { host: await hostOf({ '/proc/.keep': '' }) }, OPTIONS);
    expect(reports[0]).toMatchObject({ status: 'absent', reason: 'not-present' });
    const { sections } = await runGatherers([pressure], { host: await hostOf({ '/proc/pressure/io': 'some avg10=1.00 avg60=2.00 avg300=3.00 total=1\n' }) }, OPTIONS);
    expect(sections.pressure).toEqual({ ioSome10Percent: 1, ioSome60Percent: 2, ioSome300Percent: 3 });
  });
  it('is not in use where the kernel was started without it', async () => {
    const host = await hostOf({});
    Object.defineProperty(host, 'readIfThere', {
      value: async () => {
        throw Object.assign(new Error(), { code: 'EOPNOTSUPP' });
      },
    });
    expect((await runGatherers([pressure], { host }, OPTIONS)).reports[0]).toMatchObject({ status: 'absent', reason: 'not-in-use' });
  });
});

describe('memory', () => {
  it('reads levels', () => {
    expect(parseMemory(MEMINFO)).toMatchObject({
      totalBytes: 16_384_000 * 1_024,
      availableBytes: 4_096_000 * 1_024,
      usedPercent: 75,
      swapTotalBytes: 2_097_148 * 1_024,
      swapFreeBytes: 1_048_574 * 1_024,
      dirtyBytes: 400 * 1_024,
      corruptedBytes: 4_096,
      hugePages: 512,
      hugePagesFree: 512,
      hugePageBytes: 2_097_152,
    });
  });
  it('estimates what is available on kernels before 3.14', () => {
    expect(parseMemory(MEMINFO.replace(/^MemAvailable.*\n/m, '')).availableBytes).toBe(4_200_000 * 1_024);
  });
  it('is malformed without a total', () => {
    for (const bad of ['', 'MemTotal: 0 kB\n', 'MemTotal: -5 kB\n', '\0\0']) expect(() => parseMemory(bad)).toThrow('malformed');
  });
  it('gives rates and kills', () => {
    expect(memoryRates('pgmajfault 100\npswpin 10\npswpout 20\noom_kill 1\n', 'pgmajfault 160\npswpin 16\npswpout 44\noom_kill 3\n', 3)).toEqual({
      majorFaultsPerSecond: 20,
      swapPagesPerSecond: 10,
      oomKills: 3,
      oomKillsInSample: 2,
      sampleSeconds: 3,
    });
    expect(memoryRates('oom_kill 5\n', undefined, 0)).toEqual({ oomKills: 5 });
    expect(memoryRates('', '', 3)).toMatchObject({ majorFaultsPerSecond: undefined, oomKills: undefined });
    expect(memoryRates('pgmajfault 9\n', 'pgmajfault 1\n', 1)).toMatchObject({ majorFaultsPerSecond: 0 });
  });
  it('takes the second sample of a capture', async () => {
    const later: Files = { '/proc/meminfo': MEMINFO, '/proc/vmstat': 'pgmajfault 0\noom_kill 0\n', '/.later/seconds': '10', '/.later/proc/vmstat': 'pgmajfault 50\noom_kill 1\n' };
    expect((await runGatherers([memory], { host: await hostOf(later) }, OPTIONS)).sections.memory).toMatchObject({
      majorFaultsPerSecond: 5,
      oomKillsInSample: 1,
      sampleSeconds: 10,
    });
    const { '/.later/seconds': _seconds, ...once } = later;
    expect((await runGatherers([memory], { host: await hostOf(once) }, OPTIONS)).sections.memory).toMatchObject({ usedPercent: 75, oomKills: 0 });
  });
});

describe('processes', () => {
  const stat = (pid: number, name: string, state: string, flags = 4_194_560): string =>
    `${pid} (${name}) ${state} 1 ${pid} ${pid} 0 -1 ${flags} 100 0 0 0 1 1 0 0 20 0 1 0 100 0 0\n`;
  it('finds the state behind any name', () => {
    expect(parseProcess(stat(7, 'java', 'S'))).toEqual({ pid: '7', command: 'java', state: 'S', kernelThread: false, program: 'java' });
    expect(parseProcess(stat(8, 'a) Z 1 (x', 'D'))).toEqual({ pid: '8', command: 'a) Z 1 (x', state: 'D', kernelThread: false, program: undefined });
    expect(parseProcess(stat(9, 'kworker/0:1', 'D', 69_238_880))).toMatchObject({ kernelThread: true });
    expect(parseProcess(stat(10, 'ora_pmon_ORCL', 'S'))).toMatchObject({ program: 'oracle' });
    expect(parseProcess(stat(11, 'constructor', 'S'))).toMatchObject({ program: undefined });
    for (const bad of ['', '1', '1 (x', ') (', '1 (x) ', '1 (x) 7 1']) expect(parseProcess(bad)).toBeUndefined();
  });
  it('reads file handles', () => {
    expect(parseFileHandles('12448\t0\t3251968\n')).toEqual({ filesOpen: 12_448, filesMax: 3_251_968 });
    expect(parseFileHandles('100 40 9223372036854775807')).toEqual({ filesOpen: 60, filesMax: Number.MAX_SAFE_INTEGER });
    expect(parseFileHandles('')).toEqual({});
  });
  it('counts what it sees', async () => {
    const host = await hostOf({
      '/proc/1/stat': stat(1, 'systemd', 'S'),
      '/proc/20/stat': stat(20, 'sh', 'Z'),
      '/proc/21/stat': stat(21, 'nfs-client', 'D'),
      '/proc/22/stat': stat(22, 'kubelet', 'S'),
      '/proc/23/stat': 'gone',
      '/proc/2x/stat': '',
      '/proc/sys/fs/file-nr': '100 0 1000\n',
      '/proc/loadavg': '0.1 0.1 0.1 1/321 99\n',
      '/proc/sys/kernel/pid_max': '4194304\n',
      '/proc/sys/kernel/threads-max': '254000\n',
    });
    expect((await runGatherers([processes], { host }, OPTIONS)).sections.processes).toEqual({
      filesOpen: 100,
      filesMax: 1_000,
      threads: 321,
      pidMax: 4_194_304,
      threadsMax: 254_000,
      total: 5,
      dropped: 0,
      zombies: 1,
      uninterruptible: 1,
      programs: ['kubelet'],
      roles: [{ role: 'kubernetes-node', processes: 1 }],
    });
  });
});

describe('all gatherers of the bundle', () => {
  it('end on a tree of noise without a word of it', async () => {
    const noise = Buffer.alloc(300_000, 'SECRET acme ');
    const paths = [
      '/proc/stat',
      '/proc/meminfo',
      '/proc/vmstat',
      '/proc/loadavg',
      '/proc/cpuinfo',
      '/proc/cmdline',
      '/proc/modules',
      '/proc/filesystems',
      '/proc/uptime',
      '/proc/pressure/cpu',
      '/proc/pressure/io',
      '/proc/1/stat',
      '/proc/sys/kernel/osrelease',
      '/proc/sys/kernel/hostname',
      '/proc/sys/kernel/tainted',
      '/proc/sys/fs/file-nr',
      '/proc/sys/vm/swappiness',
      '/etc/os-release',
      '/etc/timezone',
      '/etc/hostname',
    ];
    const host = await hostOf(Object.fromEntries(paths.map((path) => [path, noise])));
    const { sections } = await runGatherers(HOST_SYSTEM_GATHERERS, { host }, OPTIONS);
    expect(JSON.stringify(sections)).not.toMatch(/secret|acme/i);
  });
  it('read this machine', async () => {
    const host = await Host.at('/', { sampleMs: 50, now: Date.now });
    const { sections, reports } = await runGatherers(
      HOST_SYSTEM_GATHERERS.filter(({ section }) => section !== 'hardware'),
      { host },
      OPTIONS,
    );
    for (const section of ['machine', 'os', 'cpu', 'load', 'memory', 'processes', 'sysctls'] as const) expect(sections[section], section).toBeDefined();
    expect(reports.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});
