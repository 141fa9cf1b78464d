/** Processes of a closed list of components, told by the kernel's name for them. */
import type { Host } from '../../../host/host.ts';
import { toCount } from '../../../host/parse.ts';
import { COMPONENTS, type Component } from '../../../wire/sections/host/kubernetes.ts';

export interface Process {
  readonly pid: string;
  readonly component: Component;
  /** Unix seconds. */
  readonly startedAt?: number | undefined;
  /** By its cgroup: a process of the host, of a container, or of a pod. */
  readonly place: 'host' | 'container' | 'pod';
}
export interface Processes {
  readonly found: readonly Process[];
  /** Matching processes beyond the limit. */
  readonly more: number;
}

const MAX_FOUND = 512;
/** The kernel keeps 15 characters of a name. */
const COMM_LENGTH = 15;
/** `USER_HZ`, in which `/proc/<pid>/stat` counts; 100 on every architecture of Linux but Alpha. */
const TICKS_PER_SECOND = 100;
const BY_COMM: ReadonlyMap<string, Component> = new Map<string, Component>([
  ...COMPONENTS.map((component) => [component.slice(0, COMM_LENGTH), component] as const),
  ['k3s-server', 'k3s'],
  ['k3s-agent', 'k3s'],
]);

/** Name and start, in ticks since boot, of a `/proc/<pid>/stat`; the name may hold blanks and brackets. */
export function parseStat(stat: string): { pid: string; comm: string; startTicks?: number | undefined } | undefined {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 1 || close < open) return undefined;
  return { pid: stat.slice(0, open).trim(), comm: stat.slice(open + 1, close), startTicks: toCount(stat.slice(close + 2).split(' ')[19]) };
}

/** Whose process a `/proc/<pid>/cgroup` is. */
export function placeOf(cgroup: string): Process['place'] {
  if (/kubepods/.test(cgroup)) return 'pod';
  return /\/docker[/-]|cri-containerd|crio-|libpod|\/isulad\/|\/lxc/.test(cgroup) ? 'container' : 'host';
}

/**
 * Processes of the components named.
 * @returns `undefined` when the processes seen here are not the host's (a container without the host's `/proc`)
 */
export async function findProcesses(host: Host, wanted: readonly Component[], signal: AbortSignal): Promise<Processes | undefined> {
  const { names } = await host.list('/proc');
  const pids = names.filter((name) => /^\d{1,10}$/.test(name));
  if (pids.length === 0) return undefined;
  // Also at the machine's own root: inside a container, or under hidepid, a component that is not seen may well run.
  if (host.running && (await host.readIfThere('/proc/2/comm', { maxBytes: 64, cut: true }))?.trim() !== 'kthreadd') return undefined;
  const bootAt = toCount(/^btime (\d{1,15})$/m.exec((await host.readIfThere('/proc/stat', { cut: true })) ?? '')?.[1]);
  const found: Process[] = [];
  let more = 0;
  for await (const stat of host.processStats(pids, signal)) {
    const facts = parseStat(stat);
    const component = facts && BY_COMM.get(facts.comm);
    if (!facts || !component || !wanted.includes(component) || !(await isReally(host, facts.pid, component))) continue;
    if (found.length >= MAX_FOUND) {
      more += 1;
      continue;
    }
    const cgroup = await host.read(`/proc/${facts.pid}/cgroup`, { maxBytes: 16_384, cut: true }).catch(() => '');
    const startedAt = bootAt === undefined || facts.startTicks === undefined ? undefined : Math.floor(bootAt + facts.startTicks / TICKS_PER_SECOND);
    found.push({ pid: facts.pid, component, startedAt, place: placeOf(cgroup) });
  }
  return { found, more };
}

/** The host's own process of a component, else one in a container (RKE runs its kubelet so), else, if wanted, one in a pod. */
export function mainProcess(processes: Processes | undefined, component: Component, { pods = false } = {}): Process | undefined {
  const ours = processes?.found.filter((one) => one.component === component);
  return ours?.find(({ place }) => place === 'host') ?? ours?.find(({ place }) => place === 'container' || pods);
}

/** Arguments of a process; `undefined` when they cannot be read. They may hold anything and never leave the gatherer. */
export async function commandLineOf(host: Host, pid: string): Promise<string | undefined> {
  return await host.read(`/proc/${pid}/cmdline`, { maxBytes: 64 * 1024, cut: true }).catch(() => undefined);
}

/** A name that the kernel cut may be another's: calico's `kube-controllers` reads like `kube-controller-manager`. */
async function isReally(host: Host, pid: string, component: Component): Promise<boolean> {
  if (component.length <= COMM_LENGTH) return true;
  const program = (await commandLineOf(host, pid))?.split('\0', 1)[0];
  return program === undefined || program.split('/').at(-1) === component;
}
