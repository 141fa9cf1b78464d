import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, numberAt, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import { DEPLOYMENTS, HORIZONTAL_POD_AUTOSCALERS, listing, REPLICA_SETS, type Resource, STATEFUL_SETS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { CONDITION_STATUSES, type SCALING_FAILURES, SCALING_SECTIONS, type TARGET_KINDS } from '../../../wire/sections/cluster/workloads-scaling.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { Notable } from './notable.ts';
import { type Amounts, amountsOf } from './requests.ts';
import { sideList } from './side-list.ts';

type Row = Sections['autoscalers']['rows'][number];
type TargetKind = (typeof TARGET_KINDS)[number];

const { cap: CAP } = SCALING_SECTIONS.autoscalers.fields.rows;
const TARGETS: readonly (readonly [TargetKind, Resource])[] = [
  ['Deployment', DEPLOYMENTS],
  ['StatefulSet', STATEFUL_SETS],
  ['ReplicaSet', REPLICA_SETS],
];

/** @param now Unix seconds, for objects without a creation time */
export function parseAutoscaler(object: Json, now: number): Row {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const namespace = namespaceOf(object);
  const kind = textAt(spec, 'scaleTargetRef', 'kind');
  const condition = (type: string): unknown => listAt(status, 'conditions').find((one) => textAt(one, 'type') === type);
  const active = condition('ScalingActive');
  const able = condition('AbleToScale');
  const limited = condition('ScalingLimited');
  return {
    namespace,
    name: nameOf(object),
    system: isSystemNamespace(namespace),
    createdAt: timeAt(object, 'metadata', 'creationTimestamp') ?? now,
    targetKind: TARGETS.find(([known]) => known === kind)?.[0] ?? 'other',
    target: textAt(spec, 'scaleTargetRef', 'name') ?? '',
    minimum: numberAt(spec, 'minReplicas') ?? 1,
    maximum: numberAt(spec, 'maxReplicas') ?? 0,
    current: numberAt(status, 'currentReplicas') ?? 0,
    desired: numberAt(status, 'desiredReplicas') ?? 0,
    lastScaledAt: timeAt(status, 'lastScaleTime'),
    scalingActive: statusOf(active),
    scalingActiveChangedAt: timeAt(active, 'lastTransitionTime'),
    scalingFailure: statusOf(active) === 'False' ? failureOf(textAt(active, 'reason')) : undefined,
    ableToScale: statusOf(able),
    ableToScaleChangedAt: timeAt(able, 'lastTransitionTime'),
    limited: limited === undefined ? undefined : statusOf(limited) === 'True' && textAt(limited, 'reason') === 'TooManyReplicas',
    limitedChangedAt: timeAt(limited, 'lastTransitionTime'),
  };
}
function statusOf(condition: unknown): Row['scalingActive'] {
  const status = textAt(condition, 'status');
  return CONDITION_STATUSES.find((known) => known === status);
}
function failureOf(reason: string | undefined): (typeof SCALING_FAILURES)[number] {
  if (reason === 'ScalingDisabled') return 'disabled';
  if (reason === 'InvalidSelector' || reason === 'AmbiguousSelector') return 'selector';
  if (reason === 'FailedGetScale') return 'target';
  return reason !== undefined && /Metric/.test(reason) ? 'metric-missing' : 'other';
}

/** Autoscalers first: of the workloads only those that an autoscaler names are looked for. */
export async function gatherAutoscalers(cluster: Cluster, signal: AbortSignal): Promise<Sections['autoscalers']> {
  const rows = new Notable<Row>(CAP, 3);
  let total = 0;
  for await (const object of cluster.list(HORIZONTAL_POD_AUTOSCALERS, signal)) {
    const row = parseAutoscaler(object, cluster.now());
    total += 1;
    rows.add(row, row.scalingActive === 'False' || row.ableToScale === 'False' ? 0 : 1);
  }
  const found = rows.rows();
  const existing = new Map<TargetKind, ReadonlyMap<string, Amounts> | undefined>();
  for (const [kind, resource] of TARGETS) {
    const wanted = new Set(found.filter(({ targetKind }) => targetKind === kind).map(({ namespace, target }) => `${namespace}/${target}`));
    if (wanted.size > 0) existing.set(kind, await sideList(new Map<string, Amounts>(), () => present(cluster, signal, resource, wanted)));
  }
  return {
    total,
    dropped: rows.dropped,
    rows: found.map((row) => {
      const targets = existing.get(row.targetKind);
      const amounts = targets?.get(`${row.namespace}/${row.target}`);
      return {
        ...row,
        ...(targets && { targetExists: amounts !== undefined }),
        ...(amounts && { cpuRequestMillicores: Math.round(amounts.cpuRequest * 1_000), memoryRequestBytes: Math.round(amounts.memoryRequest) }),
      };
    }),
  };
}

/** Those of the wanted names that exist, and what each of their replicas requests. */
async function present(cluster: Cluster, signal: AbortSignal, resource: Resource, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, Amounts>> {
  const found = new Map<string, Amounts>();
  for await (const object of cluster.list(resource, signal)) {
    const key = `${namespaceOf(object)}/${nameOf(object)}`;
    if (wanted.has(key)) found.set(key, amountsOf(objectAt(object, 'spec', 'template', 'spec')));
    if (found.size === wanted.size) break;
  }
  return found;
}

export const autoscalers = clusterGatherer({
  section: 'autoscalers',
  needs: [HORIZONTAL_POD_AUTOSCALERS, DEPLOYMENTS, STATEFUL_SETS, REPLICA_SETS].map(listing),
  deadlineMs: 120_000,
  gather: gatherAutoscalers,
});
