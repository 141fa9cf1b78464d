/**
 * Use by workload. metrics-server tells it pod by pod and without owners: asking for them would cost a second list of all pods,
 * so the workload is told from the labels that controllers put on pods (metrics-server hands them on since 0.6) and from the names
 * that they give.
 */
import { at, type Json, listAt, nameOf, namespaceOf, quantity, textAt, timeAt } from '../../../kube/read.ts';
import { listing, POD_METRICS } from '../../../kube/resources.ts';
import { USAGE_SECTIONS } from '../../../wire/sections/cluster/workloads-usage.ts';
import { AbsentError, clusterGatherer } from '../../gatherer.ts';
import { jobOwner, type Owner } from './owner.ts';
import { WorkloadLoads } from './workload-loads.ts';

const { rows: ROWS, byNamespace: BY_NAMESPACE } = USAGE_SECTIONS.workloadUsage.fields;
/** Namespaces that are added up before the largest are chosen. */
const MOST_NAMESPACES = 10_000;
/** Letters of the suffixes that Kubernetes makes (apimachinery's SafeEncodeString and rand.String). */
const SUFFIX = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const HASH = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{6,10}$/;
const ORDINAL = /^(.+)-\d{1,5}$/;
const NOBODY: Owner = { kind: 'none', name: undefined };

/** The workload behind a pod, from its name and labels alone; without a name where nothing tells it. */
export function ownerByName(pod: Json): Owner {
  const name = nameOf(pod);
  const label = (key: string): string | undefined => textAt(pod, 'metadata', 'labels', key);
  const base = SUFFIX.exec(name)?.[1];
  const hash = label('pod-template-hash');
  if (hash !== undefined && base?.endsWith(`-${hash}`)) return { kind: 'Deployment', name: base.slice(0, -hash.length - 1) };
  const job = label('batch.kubernetes.io/job-name') ?? label('job-name');
  if (job !== undefined) return jobOwner(job);
  const ordinal = ORDINAL.exec(name)?.[1];
  if (ordinal !== undefined && (label('statefulset.kubernetes.io/pod-name') === name || label('controller-revision-hash')?.startsWith(`${ordinal}-`)))
    return { kind: 'StatefulSet', name: ordinal };
  if (base !== undefined && label('controller-revision-hash') !== undefined) return { kind: 'DaemonSet', name: base };
  return at(pod, 'metadata', 'labels') === undefined ? guessed(base, ordinal) : NOBODY;
}
/** Before 0.6 there are no labels: only what the names of the controllers' making look like. */
function guessed(base: string | undefined, ordinal: string | undefined): Owner {
  const deployment = base === undefined ? undefined : HASH.exec(base)?.[1];
  if (deployment !== undefined) return { kind: 'Deployment', name: deployment };
  const owner = base === undefined ? ordinal : jobOwner(base).name;
  return owner === undefined ? NOBODY : { kind: 'other', name: owner };
}

/** Cores and bytes of all containers; `undefined` when one of them lacks a value. */
export function useOf(pod: Json): { readonly cpu: number; readonly memory: number } | undefined {
  let [cpu, memory] = [0, 0];
  const containers = listAt(pod, 'containers');
  for (const container of containers) {
    const [cores, bytes] = [quantity(at(container, 'usage', 'cpu')), quantity(at(container, 'usage', 'memory'))];
    if (cores === undefined || bytes === undefined) return undefined;
    cpu += cores;
    memory += bytes;
  }
  return containers.length === 0 ? undefined : { cpu, memory };
}

interface Sum {
  pods: number;
  cpu: number;
  memory: number;
}
function addTo(sum: Sum, cpu: number, memory: number): void {
  sum.pods += 1;
  sum.cpu += cpu;
  sum.memory += memory;
}
function amounts({ pods, cpu, memory }: Sum): { readonly pods: number; readonly cpuMillicores: number; readonly memoryBytes: number } {
  return { pods, cpuMillicores: Math.round(cpu * 1_000), memoryBytes: Math.round(memory) };
}

export const workloadUsage = clusterGatherer({
  section: 'workloadUsage',
  needs: [listing(POD_METRICS)],
  deadlineMs: 120_000,

  async gather(cluster, signal) {
    if ((await cluster.servedVersion(POD_METRICS, signal)) === undefined) throw new AbsentError('not-in-use');
    const total: Sum = { pods: 0, cpu: 0, memory: 0 };
    const workloads = new WorkloadLoads();
    const namespaces = new Map<string, Sum>();
    let namespacesDropped = 0;
    let oldestAt: number | undefined;
    for await (const pod of cluster.list(POD_METRICS, signal)) {
      const use = useOf(pod);
      if (!use) continue;
      const namespace = namespaceOf(pod);
      addTo(total, use.cpu, use.memory);
      workloads.add(namespace, ownerByName(pod), use.cpu, use.memory);
      const known = namespaces.get(namespace);
      if (known) addTo(known, use.cpu, use.memory);
      else if (namespaces.size < MOST_NAMESPACES) namespaces.set(namespace, { pods: 1, ...use });
      else namespacesDropped += 1;
      const at = timeAt(pod, 'timestamp');
      if (at !== undefined) oldestAt = Math.min(oldestAt ?? at, at);
    }
    const { rows, dropped } = workloads.largest(ROWS.cap);
    const largest = [...namespaces].sort(([, one], [, other]) => other.pods - one.pods);
    return {
      ...amounts(total),
      oldestAt,
      rows: rows.map((load) => ({ namespace: load.namespace, kind: load.kind, name: load.name, ...amounts(load) })),
      dropped,
      byNamespace: largest.slice(0, BY_NAMESPACE.cap).map(([namespace, sum]) => ({ namespace, ...amounts(sum) })),
      namespacesDropped: namespacesDropped + Math.max(0, largest.length - BY_NAMESPACE.cap),
    };
  },
});
