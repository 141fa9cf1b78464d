import type { Check } from '../check.ts';
import { claimMissing } from './claim-missing.ts';
import { cpuLimitsMissing } from './cpu-limits-missing.ts';
import { cpuRequestsMissing } from './cpu-requests-missing.ts';
import { cronjobHistoryLarge } from './cronjob-history-large.ts';
import { cronjobLate } from './cronjob-late.ts';
import { cronjobNeverRan } from './cronjob-never-ran.ts';
import { cronjobNeverSucceeded } from './cronjob-never-succeeded.ts';
import { cronjobOverlapping } from './cronjob-overlapping.ts';
import { cronjobScheduleUnmeetable } from './cronjob-schedule-unmeetable.ts';
import { cronjobSuspended } from './cronjob-suspended.ts';
import { daemonsetMisscheduled } from './daemonset-misscheduled.ts';
import { daemonsetRolloutStuck } from './daemonset-rollout-stuck.ts';
import { daemonsetUnavailable } from './daemonset-unavailable.ts';
import { daemonsetUnscheduled } from './daemonset-unscheduled.ts';
import { deploymentPaused } from './deployment-paused.ts';
import { envDuplicate } from './env-duplicate.ts';
import { generationLag } from './generation-lag.ts';
import { hpaFixed } from './hpa-fixed.ts';
import { hpaMaxed } from './hpa-maxed.ts';
import { hpaMetricsMissing } from './hpa-metrics-missing.ts';
import { hpaMismatch } from './hpa-mismatch.ts';
import { hpaRoomMissing } from './hpa-room-missing.ts';
import { hpaTargetMissing } from './hpa-target-missing.ts';
import { hpaUnableToScale } from './hpa-unable-to-scale.ts';
import { imageLatest } from './image-latest.ts';
import { imagePullPolicyLoose } from './image-pull-policy-loose.ts';
import { imageUntagged } from './image-untagged.ts';
import { jobFailed } from './job-failed.ts';
import { jobLeftover } from './job-leftover.ts';
import { jobRunningLong } from './job-running-long.ts';
import { livenessProbeMissing } from './liveness-probe-missing.ts';
import { livenessProbeSlow } from './liveness-probe-slow.ts';
import { memoryLimitsMissing } from './memory-limits-missing.ts';
import { memoryRequestsMissing } from './memory-requests-missing.ts';
import { namespaceEmpty } from './namespace-empty.ts';
import { oldReplicasetsPiling } from './old-replicasets-piling.ts';
import { pdbAboveAutoscalerMinimum } from './pdb-above-autoscaler-minimum.ts';
import { pdbBlocksDrain } from './pdb-blocks-drain.ts';
import { pdbMissing } from './pdb-missing.ts';
import { pdbOverlapping } from './pdb-overlapping.ts';
import { pdbUnhealthy } from './pdb-unhealthy.ts';
import { pdbUnmatched } from './pdb-unmatched.ts';
import { podsUncreatable } from './pods-uncreatable.ts';
import { priorityClassMissing } from './priority-class-missing.ts';
import { priorityClassUnset } from './priority-class-unset.ts';
import { probesIdentical } from './probes-identical.ts';
import { readinessProbeMissing } from './readiness-probe-missing.ts';
import { replicasColocated } from './replicas-colocated.ts';
import { replicasUnavailable } from './replicas-unavailable.ts';
import { replicasetUnready } from './replicaset-unready.ts';
import { revisionHistoryOff } from './revision-history-off.ts';
import { rolloutStuck } from './rollout-stuck.ts';
import { runtimeClassMissing } from './runtime-class-missing.ts';
import { scaledToZero } from './scaled-to-zero.ts';
import { serviceAccountMissing } from './service-account-missing.ts';
import { singleReplica } from './single-replica.ts';
import { statefulsetRevisionSplit } from './statefulset-revision-split.ts';
import { terminationGraceZero } from './termination-grace-zero.ts';

export const WORKLOAD_CHECKS: readonly Check[] = [
  claimMissing,
  cpuLimitsMissing,
  cpuRequestsMissing,
  cronjobHistoryLarge,
  cronjobLate,
  cronjobNeverRan,
  cronjobNeverSucceeded,
  cronjobOverlapping,
  cronjobScheduleUnmeetable,
  cronjobSuspended,
  daemonsetMisscheduled,
  daemonsetRolloutStuck,
  daemonsetUnavailable,
  daemonsetUnscheduled,
  deploymentPaused,
  envDuplicate,
  generationLag,
  hpaFixed,
  hpaMaxed,
  hpaMetricsMissing,
  hpaMismatch,
  hpaRoomMissing,
  hpaTargetMissing,
  hpaUnableToScale,
  imageLatest,
  imagePullPolicyLoose,
  imageUntagged,
  jobFailed,
  jobLeftover,
  jobRunningLong,
  livenessProbeMissing,
  livenessProbeSlow,
  memoryLimitsMissing,
  memoryRequestsMissing,
  namespaceEmpty,
  oldReplicasetsPiling,
  pdbAboveAutoscalerMinimum,
  pdbBlocksDrain,
  pdbMissing,
  pdbOverlapping,
  pdbUnhealthy,
  pdbUnmatched,
  podsUncreatable,
  priorityClassMissing,
  priorityClassUnset,
  probesIdentical,
  readinessProbeMissing,
  replicasColocated,
  replicasUnavailable,
  replicasetUnready,
  revisionHistoryOff,
  rolloutStuck,
  runtimeClassMissing,
  scaledToZero,
  serviceAccountMissing,
  singleReplica,
  statefulsetRevisionSplit,
  terminationGraceZero,
];
