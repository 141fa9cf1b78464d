import type { Host } from '../../../host/host.ts';
import { toCount } from '../../../host/parse.ts';
import type { PROGRAMS } from '../../../wire/sections/host/system-use.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { RoleSightings, tunedProfile } from './host-roles.ts';
import { parseThreads } from './load.ts';

type Program = (typeof PROGRAMS)[number];

/** Processes that one scan looks at; the rest is counted and reported as not looked at. */
export const MAX_PROCESSES = 20_000;
/** `PF_KTHREAD` (linux/sched.h): a thread of the kernel, whose sleeps are no symptom. */
const PF_KTHREAD = 0x200000;

/** Names of processes; the kernel cuts them at 15 characters. */
const PROGRAM_BY_COMMAND: Readonly<Record<string, Program>> = {
  kubelet: 'kubelet',
  k3s: 'kubelet',
  containerd: 'containerd',
  dockerd: 'dockerd',
  crio: 'crio',
  isulad: 'isulad',
  etcd: 'etcd',
  'kube-apiserver': 'kube-apiserver',
  'kube-proxy': 'kube-proxy',
  'cilium-agent': 'cilium-agent',
  'calico-node': 'calico-node',
  flanneld: 'flanneld',
  'kube-ovn-daemon': 'kube-ovn-cni',
  'kube-router': 'kube-router',
  'antrea-agent': 'antrea-agent',
  'redis-server': 'redis',
  'valkey-server': 'redis',
  mongod: 'mongodb',
  mongos: 'mongodb',
  mysqld: 'mysql',
  mariadbd: 'mysql',
  postgres: 'postgresql',
  postmaster: 'postgresql',
  dmserver: 'dameng',
  kingbase: 'kingbase',
  gaussdb: 'gaussdb',
  observer: 'oceanbase',
  'clickhouse-serv': 'clickhouse',
  'tidb-server': 'tidb',
  'tikv-server': 'tidb',
  java: 'java',
  'beam.smp': 'rabbitmq',
  nginx: 'nginx',
  haproxy: 'haproxy',
  keepalived: 'keepalived',
  envoy: 'envoy',
};

/** What one `/proc/<pid>/stat` says. The name may hold anything, even `) Z`, so the last bracket ends it. */
export function parseProcess(
  stat: string,
): { readonly pid: string; readonly command: string; readonly state: string; readonly kernelThread: boolean; readonly program?: Program | undefined } | undefined {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const rest = stat.slice(close + 2, close + 400).split(' ', 8);
  const state = rest[0] ?? '';
  if (!/^[A-Za-z]$/.test(state)) return undefined;
  const command = stat.slice(open + 1, close);
  const program = Object.hasOwn(PROGRAM_BY_COMMAND, command) ? PROGRAM_BY_COMMAND[command] : command.startsWith('ora_pmon') ? 'oracle' : undefined;
  return { pid: stat.slice(0, open).trim(), command, state, kernelThread: Math.floor(Number(rest[6] ?? 0) / PF_KTHREAD) % 2 === 1, program };
}

/** Allocated and largest number of file handles from `/proc/sys/fs/file-nr`. */
export function parseFileHandles(text: string): { readonly filesOpen?: number | undefined; readonly filesMax?: number | undefined } {
  const [allocated, unused, most] = text.trim().split(/\s+/, 3).map(toCount);
  return allocated === undefined ? {} : { filesOpen: Math.max(0, allocated - (unused ?? 0)), filesMax: most };
}

async function scan(host: Host, signal: AbortSignal) {
  const { names, cut } = await host.list('/proc');
  const pids = names.filter((name) => /^\d{1,10}$/.test(name));
  if (pids.length === 0) throw new UnreadableError('not-visible');
  const programs = new Set<Program>();
  const sightings = new RoleSightings(host);
  let kernelThreads = 0;
  const found = { total: pids.length, dropped: Math.max(0, pids.length - MAX_PROCESSES) + (cut ? 1 : 0), zombies: 0, uninterruptible: 0 };
  for await (const text of host.processStats(pids.slice(0, MAX_PROCESSES), signal)) {
    const process = parseProcess(text);
    if (process?.kernelThread) kernelThreads += 1;
    if (process?.state === 'Z') found.zombies += 1;
    if (process?.state === 'D' && !process.kernelThread) found.uninterruptible += 1;
    if (!process || process.kernelThread) continue;
    if (process.program !== undefined) programs.add(process.program);
    sightings.see(process.pid, process.command, process.program);
  }
  // Only the host's own pid namespace has kernel threads; what a container sees says nothing about the host.
  if (host.running && kernelThreads === 0) return { dropped: 0 };
  return { ...found, programs: [...programs], roles: await sightings.roles() };
}

export const processes = hostGatherer({
  section: 'processes',
  needs: [{ mount: '/proc' }, { mount: '/etc', optional: true }],
  deadlineMs: 10_000,

  async gather(host, signal) {
    const [handles = '', loadAverage = '', pidMax, threadsMax] = await Promise.all([
      host.readIfThere('/proc/sys/fs/file-nr'),
      host.readIfThere('/proc/loadavg'),
      host.readIfThere('/proc/sys/kernel/pid_max'),
      host.readIfThere('/proc/sys/kernel/threads-max'),
    ]);
    return {
      ...parseFileHandles(handles),
      threads: parseThreads(loadAverage),
      pidMax: toCount(pidMax),
      threadsMax: toCount(threadsMax),
      tunedProfile: await tunedProfile(host),
      ...(await scan(host, signal)),
    };
  },
});
