import type { Check } from '../check.ts';
import { aioLow } from './aio-low.ts';
import { aslrOff } from './aslr-off.ts';
import { auditOffAtBoot } from './audit-off-at-boot.ts';
import { bridgeNetfilterOff } from './bridge-netfilter-off.ts';
import { cgroupV1 } from './cgroup-v1.ts';
import { clockSourceSlow } from './clock-source-slow.ts';
import { conntrackMaxLow } from './conntrack-max-low.ts';
import { cpuVulnerable } from './cpu-vulnerable.ts';
import { crashKernelMissing } from './crash-kernel-missing.ts';
import { crashKernelUnloaded } from './crash-kernel-unloaded.ts';
import { dmesgUnrestricted } from './dmesg-unrestricted.ts';
import { hostNameDefault } from './host-name-default.ts';
import { hostNameInconsistent } from './host-name-inconsistent.ts';
import { hungTaskDetectionOff } from './hung-task-detection-off.ts';
import { icmpRedirectsAccepted } from './icmp-redirects-accepted.ts';
import { inotifyInstancesLow } from './inotify-instances-low.ts';
import { inotifyWatchesLow } from './inotify-watches-low.ts';
import { ipForwardOff } from './ip-forward-off.ts';
import { kernelFaultRecorded } from './kernel-fault-recorded.ts';
import { kernelKeysLow } from './kernel-keys-low.ts';
import { kernelModulesMissing } from './kernel-modules-missing.ts';
import { kernelPointersExposed } from './kernel-pointers-exposed.ts';
import { kernelRandomisationOff } from './kernel-randomisation-off.ts';
import { kernelTooOld } from './kernel-too-old.ts';
import { legacyModulesLoaded } from './legacy-modules-loaded.ts';
import { linksUnprotected } from './links-unprotected.ts';
import { lockupDetectionOff } from './lockup-detection-off.ts';
import { maxMapCountLow } from './max-map-count-low.ts';
import { memoryCgroupOff } from './memory-cgroup-off.ts';
import { mitigationsOff } from './mitigations-off.ts';
import { neighbourTableLow } from './neighbour-table-low.ts';
import { nodePortsUnreserved } from './node-ports-unreserved.ts';
import { nofileLow } from './nofile-low.ts';
import { nprocLow } from './nproc-low.ts';
import { nrOpenLow } from './nr-open-low.ts';
import { numaZoneReclaimOn } from './numa-zone-reclaim-on.ts';
import { overcommitOff } from './overcommit-off.ts';
import { packagesStale } from './packages-stale.ts';
import { panicOnOomOn } from './panic-on-oom-on.ts';
import { panicOnOopsOff } from './panic-on-oops-off.ts';
import { panicRestartOff } from './panic-restart-off.ts';
import { pidMaxLow } from './pid-max-low.ts';
import { portRangeNarrow } from './port-range-narrow.ts';
import { pressureStatisticsOff } from './pressure-statistics-off.ts';
import { rebootPending } from './reboot-pending.ts';
import { rebootRequired } from './reboot-required.ts';
import { releaseEol } from './release-eol.ts';
import { releaseEolSoon } from './release-eol-soon.ts';
import { releaseExtendedOnly } from './release-extended-only.ts';
import { releaseShortLived } from './release-short-lived.ts';
import { rpFilterMismatch } from './rp-filter-mismatch.ts';
import { somaxconnLow } from './somaxconn-low.ts';
import { sourceRoutingAccepted } from './source-routing-accepted.ts';
import { spOutdated } from './sp-outdated.ts';
import { suidCoreDumpsOn } from './suid-core-dumps-on.ts';
import { swappinessHigh } from './swappiness-high.ts';
import { synBacklogLow } from './syn-backlog-low.ts';
import { sysrqEnabled } from './sysrq-enabled.ts';
import { sysvIpcLow } from './sysv-ipc-low.ts';
import { tcpFinTimeoutHigh } from './tcp-fin-timeout-high.ts';
import { tcpKeepaliveHigh } from './tcp-keepalive-high.ts';
import { tcpSyncookiesOff } from './tcp-syncookies-off.ts';
import { tcpTimestampsOff } from './tcp-timestamps-off.ts';
import { tcpTwRecycleOn } from './tcp-tw-recycle-on.ts';
import { tcpWindowScalingOff } from './tcp-window-scaling-off.ts';
import { thpAlways } from './thp-always.ts';
import { timeZoneUnexpected } from './time-zone-unexpected.ts';
import { unprivilegedBpfOn } from './unprivileged-bpf-on.ts';

export const OS_CHECKS: readonly Check[] = [
  aioLow,
  aslrOff,
  auditOffAtBoot,
  bridgeNetfilterOff,
  cgroupV1,
  clockSourceSlow,
  conntrackMaxLow,
  cpuVulnerable,
  crashKernelMissing,
  crashKernelUnloaded,
  dmesgUnrestricted,
  hostNameDefault,
  hostNameInconsistent,
  hungTaskDetectionOff,
  icmpRedirectsAccepted,
  inotifyInstancesLow,
  inotifyWatchesLow,
  ipForwardOff,
  kernelFaultRecorded,
  kernelKeysLow,
  kernelModulesMissing,
  kernelPointersExposed,
  kernelRandomisationOff,
  kernelTooOld,
  legacyModulesLoaded,
  linksUnprotected,
  lockupDetectionOff,
  maxMapCountLow,
  memoryCgroupOff,
  mitigationsOff,
  neighbourTableLow,
  nodePortsUnreserved,
  nofileLow,
  nprocLow,
  nrOpenLow,
  numaZoneReclaimOn,
  overcommitOff,
  packagesStale,
  panicOnOomOn,
  panicOnOopsOff,
  panicRestartOff,
  pidMaxLow,
  portRangeNarrow,
  pressureStatisticsOff,
  rebootPending,
  rebootRequired,
  releaseEol,
  releaseEolSoon,
  releaseExtendedOnly,
  releaseShortLived,
  rpFilterMismatch,
  somaxconnLow,
  sourceRoutingAccepted,
  spOutdated,
  suidCoreDumpsOn,
  swappinessHigh,
  synBacklogLow,
  sysrqEnabled,
  sysvIpcLow,
  tcpFinTimeoutHigh,
  tcpKeepaliveHigh,
  tcpSyncookiesOff,
  tcpTimestampsOff,
  tcpTwRecycleOn,
  tcpWindowScalingOff,
  thpAlways,
  timeZoneUnexpected,
  unprivilegedBpfOn,
];
