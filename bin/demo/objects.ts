/** Everything of a demo's cluster that names or counts what runs in it, beside the pods themselves. */
import type { Draft } from './healthy.ts';
import { componentRows, SCALED } from './pods.ts';
import { type DemoPod, isSystem } from './workloads.ts';

export function objectsOf(draft: Draft, nodes: readonly string[], controlPlanes: number, pods: readonly DemoPod[]): void {
  if (draft.addons) Object.assign(draft.addons, { nodes: nodes.length, platform: [], components: componentRows(draft.addons, pods) });
  if (draft.leaders) draft.leaders.apiServers = controlPlanes;
  if (draft.clusterDns) draft.clusterDns.nodes = nodes.length;
  if (draft.csi) draft.csi.nodes = nodes.length;
  namespaces(draft, pods);
  storage(draft, nodes, pods);
  if (draft.apiMetrics?.objects) Object.assign(draft.apiMetrics.objects, { nodes: nodes.length, pods: pods.length, namespaces: draft.namespaces?.total ?? 0 });
  for (const row of draft.autoscalers?.rows ?? []) Object.assign(row, { ...SCALED, target: SCALED.name });
  for (const row of draft.disruptionBudgets?.rows ?? []) Object.assign(row, SCALED);
  for (const row of draft.quotas?.rows ?? []) Object.assign(row, { namespace: SCALED.namespace, name: `${SCALED.namespace}-quota` });
  jobs(draft, pods);
}

function namespaces({ namespaces: section }: Draft, pods: readonly DemoPod[]): void {
  const like = (system: boolean) => section?.rows.find((row) => row.system === system);
  if (!section) return;
  const own = [...new Set(pods.map(({ namespace }) => namespace))];
  section.rows = [
    ...own.flatMap((name) => {
      const row = like(isSystem(name));
      return row ? [{ ...row, name }] : [];
    }),
    ...section.rows.filter(({ name }) => name === 'default'),
  ];
  Object.assign(section, { active: section.rows.length, total: section.rows.length });
}

/** A claim and a volume of each pod that keeps data. */
function storage({ claims, volumes, volumeAttachments }: Draft, nodes: readonly string[], pods: readonly DemoPod[]): void {
  const keeping = pods.filter(({ volumeBytes, phase }) => volumeBytes > 0 && phase === 'Running');
  const bytes = keeping.reduce((sum, { volumeBytes }) => sum + volumeBytes, 0);
  if (claims) Object.assign(claims, { total: keeping.length, bound: keeping.length, requestedBytes: bytes });
  if (volumes) {
    Object.assign(volumes, { total: keeping.length, byPhase: { Bound: keeping.length }, bySource: { csi: keeping.length }, capacityBytes: bytes });
    for (const driver of volumes.drivers) Object.assign(driver, { bound: keeping.length, nodes: nodes.length });
  }
  if (volumeAttachments) volumeAttachments.total = keeping.length;
}

function jobs({ jobs: section }: Draft, pods: readonly DemoPod[]): void {
  const done = pods.filter(({ phase }) => phase === 'Succeeded');
  const [first] = done;
  if (!section || !first) return;
  for (const row of section.cronJobs) Object.assign(row, { namespace: first.namespace, name: first.owner });
  Object.assign(section, { active: 0, leftover: 0, notable: [], succeeded: done.length, total: done.length });
}
