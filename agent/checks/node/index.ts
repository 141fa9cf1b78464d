import type { Check } from '../check.ts';
import { architectureMixed } from './architecture-mixed.ts';
import { clockAhead } from './clock-ahead.ts';
import { containerdOutdated } from './containerd-outdated.ts';
import { cordonedLong } from './cordoned-long.ts';
import { diskPressure } from './disk-pressure.ts';
import { kernelMixed } from './kernel-mixed.ts';
import { kernelOutdated } from './kernel-outdated.ts';
import { kubeletAhead } from './kubelet-ahead.ts';
import { kubeletBehind } from './kubelet-behind.ts';
import { leaseStale } from './lease-stale.ts';
import { machineIdShared } from './machine-id-shared.ts';
import { memoryPressure } from './memory-pressure.ts';
import { networkUnavailable } from './network-unavailable.ts';
import { notReady } from './not-ready.ts';
import { osEnded } from './os-ended.ts';
import { osMixed } from './os-mixed.ts';
import { osUnlisted } from './os-unlisted.ts';
import { pidPressure } from './pid-pressure.ts';
import { podCidrMissing } from './pod-cidr-missing.ts';
import { podsNearLimit } from './pods-near-limit.ts';
import { problemDetectorSilent } from './problem-detector-silent.ts';
import { problemReported } from './problem-reported.ts';
import { runtimeDocker } from './runtime-docker.ts';
import { runtimeMixed } from './runtime-mixed.ts';
import { singleZone } from './single-zone.ts';
import { tainted } from './tainted.ts';
import { uninitialized } from './uninitialized.ts';
import { unreachable } from './unreachable.ts';
import { volumesNearLimit } from './volumes-near-limit.ts';
import { workerSingle } from './worker-single.ts';
import { zoneUnlabelled } from './zone-unlabelled.ts';

export const NODE_CHECKS: readonly Check[] = [
  architectureMixed,
  clockAhead,
  containerdOutdated,
  cordonedLong,
  diskPressure,
  kernelMixed,
  kernelOutdated,
  kubeletAhead,
  kubeletBehind,
  leaseStale,
  machineIdShared,
  memoryPressure,
  networkUnavailable,
  notReady,
  osEnded,
  osMixed,
  osUnlisted,
  pidPressure,
  podCidrMissing,
  podsNearLimit,
  problemDetectorSilent,
  problemReported,
  runtimeDocker,
  runtimeMixed,
  singleZone,
  tainted,
  uninitialized,
  unreachable,
  volumesNearLimit,
  workerSingle,
  zoneUnlabelled,
];
