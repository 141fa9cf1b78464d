/** How a workload stands, by kind, from its spec and status. */
import { type Json, listAt, numberAt, objectAt, textAt, timeAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { ROLLOUTS, STRATEGIES, WORKLOAD_KINDS } from '../../../wire/sections/cluster/workloads-templates.ts';

export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];
type Row = Sections['workloads']['rows'][number];
export type WorkloadState = Pick<
  Row,
  | 'desired'
  | 'ready'
  | 'available'
  | 'updated'
  | 'current'
  | 'misscheduled'
  | 'generationLag'
  | 'rollout'
  | 'rolloutChangedAt'
  | 'unavailableSince'
  | 'strategy'
  | 'partitioned'
  | 'revisionSplit'
  | 'revisionHistory'
>;

export function workloadState(kind: WorkloadKind, object: Json): WorkloadState {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const generation = numberAt(object, 'metadata', 'generation');
  const count = (key: string): number => Math.max(0, numberAt(status, key) ?? 0);
  const base = {
    ready: 0,
    available: 0,
    updated: 0,
    current: 0,
    misscheduled: 0,
    partitioned: false,
    revisionSplit: false,
    generationLag: kind !== 'CronJob' && generation !== undefined && (numberAt(status, 'observedGeneration') ?? 0) < generation,
    revisionHistory: numberAt(spec, 'revisionHistoryLimit'),
  };
  switch (kind) {
    case 'CronJob':
      return { ...base, desired: 0, strategy: 'other' };
    case 'DaemonSet':
      return {
        ...base,
        desired: count('desiredNumberScheduled'),
        ready: count('numberReady'),
        available: count('numberAvailable'),
        updated: count('updatedNumberScheduled'),
        current: count('currentNumberScheduled'),
        misscheduled: count('numberMisscheduled'),
        strategy: strategyOf(textAt(spec, 'updateStrategy', 'type')),
      };
    case 'StatefulSet': {
      const { currentRevision, updateRevision } = status;
      const desired = numberAt(spec, 'replicas') ?? 1;
      return {
        ...base,
        desired,
        ready: count('readyReplicas'),
        current: count('replicas'),
        updated: count('updatedReplicas'),
        available: typeof status['availableReplicas'] === 'number' ? count('availableReplicas') : count('readyReplicas'), // before 1.22 only ready is told
        strategy: strategyOf(textAt(spec, 'updateStrategy', 'type')),
        partitioned: (numberAt(spec, 'updateStrategy', 'rollingUpdate', 'partition') ?? 0) > 0,
        revisionSplit: typeof updateRevision === 'string' && typeof currentRevision === 'string' && updateRevision !== currentRevision && count('updatedReplicas') < desired,
      };
    }
    case 'Deployment':
      return {
        ...base,
        ...deploymentState(spec, status),
        ready: count('readyReplicas'),
        available: count('availableReplicas'),
        updated: count('updatedReplicas'),
        current: count('replicas'),
      };
  }
}

function deploymentState(spec: Json, status: Json): Pick<WorkloadState, 'desired' | 'strategy' | 'rollout' | 'rolloutChangedAt' | 'unavailableSince'> {
  const conditions = listAt(status, 'conditions');
  const available = conditions.find((condition) => textAt(condition, 'type') === 'Available');
  const progressing = conditions.find((condition) => textAt(condition, 'type') === 'Progressing');
  return {
    desired: numberAt(spec, 'replicas') ?? 1,
    strategy: strategyOf(textAt(spec, 'strategy', 'type')),
    rollout: spec['paused'] === true ? 'paused' : progressing === undefined ? undefined : rolloutOf(progressing),
    // a stuck or paused rollout is as old as the last transition; one that goes on, as the last progress
    rolloutChangedAt:
      textAt(progressing, 'status') === 'True' ? (timeAt(progressing, 'lastUpdateTime') ?? timeAt(progressing, 'lastTransitionTime')) : timeAt(progressing, 'lastTransitionTime'),
    unavailableSince: textAt(available, 'status') === 'False' ? timeAt(available, 'lastTransitionTime') : undefined,
  };
}
function rolloutOf(progressing: unknown): (typeof ROLLOUTS)[number] {
  const status = textAt(progressing, 'status');
  if (status === 'False') return 'stuck';
  if (status !== 'True') return 'other';
  return textAt(progressing, 'reason') === 'NewReplicaSetAvailable' ? 'complete' : 'progressing';
}
function strategyOf(type: string | undefined): (typeof STRATEGIES)[number] {
  return type === undefined || type === 'RollingUpdate' ? 'RollingUpdate' : type === 'Recreate' || type === 'OnDelete' ? type : 'other';
}
