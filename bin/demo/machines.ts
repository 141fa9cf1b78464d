/** Machines that are no control planes: what a worker, and a server outside of every cluster, does not have. */
import type { Draft } from './healthy.ts';

/** Gathered on control-plane nodes alone. */
const CONTROL_PLANE = ['etcdHost', 'etcdFlags', 'apiserverFlags', 'controllerManagerFlags', 'schedulerFlags', 'staticPods'] as const;
const WORKER_STORES: ReadonlySet<string> = new Set(['kubelet']);
const PROGRAMS: ReadonlySet<string> = new Set(['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']);

/** Takes from a machine's sections what only control planes have. */
export function makeWorker(draft: Draft): void {
  for (const section of CONTROL_PLANE) delete draft[section];
  const { certificates, filesystems, componentLimits, processes } = draft;
  if (certificates) {
    certificates.certificates = certificates.certificates.filter(({ store }) => WORKER_STORES.has(store));
    certificates.total = certificates.certificates.length;
  }
  if (filesystems) {
    filesystems.mounts = filesystems.mounts.filter(({ holds }) => !holds.includes('etcd'));
    filesystems.total = filesystems.mounts.length;
  }
  if (componentLimits) componentLimits.processes = componentLimits.processes.filter(({ component }) => !PROGRAMS.has(component));
  if (processes?.programs) processes.programs = processes.programs.filter((program) => !PROGRAMS.has(program));
}

/** On machines of Kubernetes alone. */
const KUBERNETES = [...CONTROL_PLANE, 'kubelet', 'runtime', 'kubeProxy', 'componentLimits', 'certificates'] as const;

/** The machine as one that no cluster knows: an application server stands on it. */
export function makeServer(draft: Draft): void {
  for (const section of KUBERNETES) delete draft[section];
  const { machine, processes, filesystems } = draft;
  if (machine) Object.assign(machine, { controlPlane: false, kubernetesNode: false });
  if (processes) Object.assign(processes, { programs: [], roles: [{ role: 'java-server', processes: 1, openFilesLimit: 65_535, processesLimit: 65_535 }] });
  if (!filesystems) return;
  filesystems.mounts = filesystems.mounts.filter(({ holds, name }) => name === '/boot' || holds.includes('root'));
  filesystems.total = filesystems.mounts.length;
}
