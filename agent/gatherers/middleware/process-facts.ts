/** What the kernel tells of a server's process on this host, and of the space where it is installed. */
import type { Host } from '../../host/host.ts';
import { parseAssignments, toCount } from '../../host/parse.ts';
import { spaceAt } from '../../host/space.ts';
import { parseStat } from '../host/kubernetes/processes.ts';

/** `USER_HZ`, in which `/proc/<pid>/stat` counts. */
const TICKS_PER_SECOND = 100;
/** cgroup v1 says "no limit" with a number near 2⁶³. */
const NO_LIMIT = 2 ** 60;

export interface ProcessFacts {
  readonly running: boolean;
  readonly startedAt?: number | undefined;
  readonly runsAsRoot?: boolean | undefined;
  readonly openFiles?: number | undefined;
  readonly openFilesLimit?: number | undefined;
  readonly processesLimit?: number | undefined;
  readonly residentBytes?: number | undefined;
  readonly processThreads?: number | undefined;
  readonly memoryLimitBytes?: number | undefined;
}

export async function processFacts(host: Host, pid: string): Promise<ProcessFacts> {
  const read = async (file: string): Promise<string> => await host.read(`/proc/${pid}/${file}`, { maxBytes: 64 * 1024, cut: true }).catch(() => '');
  const [status, limits, stat, boot, descriptors, memoryLimitBytes] = await Promise.all([
    read('status'),
    read('limits'),
    read('stat'),
    host.read('/proc/stat', { cut: true }).catch(() => ''),
    host.list(`/proc/${pid}/fd`).catch(() => undefined),
    memoryLimit(host, pid),
  ]);
  const bootAt = toCount(/^btime (\d{1,15})$/m.exec(boot)?.[1]);
  const startTicks = parseStat(stat)?.startTicks;
  const uid = /^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1];
  const kibibytes = toCount(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  const fds = descriptors && !descriptors.cut && descriptors.names.length > 0 ? descriptors.names.length : undefined;
  return {
    running: true,
    startedAt: bootAt === undefined || startTicks === undefined ? undefined : Math.floor(bootAt + startTicks / TICKS_PER_SECOND),
    runsAsRoot: uid === undefined ? undefined : uid === '0',
    openFiles: fds,
    openFilesLimit: limitOf(limits, 'Max open files'),
    processesLimit: limitOf(limits, 'Max processes'),
    residentBytes: kibibytes === undefined ? undefined : kibibytes * 1_024,
    processThreads: toCount(/^Threads:\s+(\d+)/m.exec(status)?.[1]),
    memoryLimitBytes,
  };
}

/** The soft limit; `unlimited` is the largest number. */
function limitOf(limits: string, name: string): number | undefined {
  const word = limits
    .split('\n')
    .find((line) => line.startsWith(name))
    ?.slice(name.length)
    .trim()
    .split(/\s+/)[0];
  return word === 'unlimited' ? Number.MAX_SAFE_INTEGER : toCount(word);
}

async function memoryLimit(host: Host, pid: string): Promise<number | undefined> {
  const total = toCount(/^MemTotal:\s+(\d+) kB/m.exec(await host.read('/proc/meminfo', { cut: true }).catch(() => ''))?.[1]);
  const machine = total === undefined ? undefined : total * 1_024;
  const cgroup = await host.read(`/proc/${pid}/cgroup`, { maxBytes: 16_384, cut: true }).catch(() => '');
  const unified = /^0::(\/[^\n]*)$/m.exec(cgroup)?.[1];
  const split = /^\d+:memory:(\/[^\n]*)$/m.exec(cgroup)?.[1];
  const file = split !== undefined ? `/sys/fs/cgroup/memory${split}/memory.limit_in_bytes` : unified !== undefined ? `/sys/fs/cgroup${unified}/memory.max` : undefined;
  const own = file === undefined ? undefined : toCount((await host.read(file, { maxBytes: 64, cut: true }).catch(() => '')).trim());
  return own !== undefined && own < NO_LIMIT ? Math.min(own, machine ?? own) : machine;
}

/** Connections that wait to be accepted, by listening port: of a listening socket the kernel shows them as its receive queue. */
export async function waitingByPort(host: Host, pid: string): Promise<ReadonlyMap<number, number>> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => host.read(`/proc/${pid}/net/${table}`, { maxBytes: 4 * 1024 * 1024, cut: true }).catch(() => '')));
  const waiting = new Map<number, number>();
  for (const line of tables.join('\n').split('\n')) {
    const match = /^\s*\d+: [0-9A-F]{8,32}:([0-9A-F]{4}) [0-9A-F]{8,32}:[0-9A-F]{4} 0A [0-9A-F]{8}:([0-9A-F]{8})\b/.exec(line);
    if (!match) continue;
    const port = Number.parseInt(match[1] ?? '', 16);
    waiting.set(port, (waiting.get(port) ?? 0) + Number.parseInt(match[2] ?? '', 16));
  }
  return waiting;
}

/** Space where a folder is, as the fields of a row. */
export async function installSpace(host: Host, home: string): Promise<{ installFreeBytes?: number; installTotalBytes?: number }> {
  const space = await spaceAt(host, home);
  return space ? { installFreeBytes: space.freeBytes, installTotalBytes: space.totalBytes } : {};
}

/** `JAVA_VERSION="1.8.0_392"` of the `release` file beside the process's java. */
export async function javaOf(host: Host, pid: string): Promise<number | undefined> {
  const java = await host.linkTarget(`/proc/${pid}/exe`);
  const home = java?.replace(/(\/jre)?\/bin\/java$/, '');
  if (java === undefined || home === undefined || home === java) return undefined;
  const release = await host.read(`${home}/release`, { maxBytes: 16_384, cut: true }).catch(() => '');
  const version = parseAssignments(release).get('JAVA_VERSION');
  const match = /^"?(?:1\.)?(\d{1,3})/.exec(version ?? '');
  return match ? Number(match[1]) : undefined;
}
