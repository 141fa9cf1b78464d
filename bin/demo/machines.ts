/** What a worker does not have, and how the demo's gatherers report on what is there and what is not. */
import type { GathererReport } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { Domain } from '../../agent/wire/vocabulary.ts';
import type { Draft } from './world.ts';

/** Gathered on control-plane nodes alone; elsewhere the gatherers find nothing there, which is no failure. */
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

/** One line a section: read, or on a worker not there. */
export function reportsOf(sections: SomeSections, domain: Domain, durationMs: number): readonly GathererReport[] {
  const read = Object.keys(sections).map((section): GathererReport => ({ section, domain, status: 'ok', durationMs, dropped: 0 }));
  const absent = domain === 'host' ? CONTROL_PLANE.filter((section) => sections[section] === undefined) : [];
  return [...read, ...absent.map((section): GathererReport => ({ section, domain, status: 'absent', reason: 'not-present', durationMs, dropped: 0 }))];
}
