import type { Check } from '../check.ts';
import { accountFilesWritable } from './account-files-writable.ts';
import { accountWithoutPassword } from './account-without-password.ts';
import { auditBacklogOverflow } from './audit-backlog-overflow.ts';
import { auditOff } from './audit-off.ts';
import { bootIncomplete } from './boot-incomplete.ts';
import { btrfsError } from './btrfs-error.ts';
import { cephUnreachable } from './ceph-unreachable.ts';
import { clocksourceUnstable } from './clocksource-unstable.ts';
import { conntrackFull } from './conntrack-full.ts';
import { containerOom } from './container-oom.ts';
import { coreDumpNew } from './core-dump-new.ts';
import { crashDumpNew } from './crash-dump-new.ts';
import { diskBadBlock } from './disk-bad-block.ts';
import { diskIoError } from './disk-io-error.ts';
import { diskTransportError } from './disk-transport-error.ts';
import { ext4Error } from './ext4-error.ts';
import { ext4Warning } from './ext4-warning.ts';
import { extraRootAccount } from './extra-root-account.ts';
import { fanFailed } from './fan-failed.ts';
import { fileTableFull } from './file-table-full.ts';
import { firewallActive } from './firewall-active.ts';
import { gpuError } from './gpu-error.ts';
import { hardLockup } from './hard-lockup.ts';
import { hardwareError } from './hardware-error.ts';
import { iscsiError } from './iscsi-error.ts';
import { journalLarge } from './journal-large.ts';
import { journaldNotPersistent } from './journald-not-persistent.ts';
import { journaldUnbounded } from './journald-unbounded.ts';
import { kernelOops } from './kernel-oops.ts';
import { legacyRemoteService } from './legacy-remote-service.ts';
import { linkFlapping } from './link-flapping.ts';
import { logFileLarge } from './log-file-large.ts';
import { logRetentionShort } from './log-retention-short.ts';
import { logrotateMissing } from './logrotate-missing.ts';
import { logsLarge } from './logs-large.ts';
import { memoryEccErrors } from './memory-ecc-errors.ts';
import { memoryErrorCorrected } from './memory-error-corrected.ts';
import { memoryErrorUncorrected } from './memory-error-uncorrected.ts';
import { multipathPathFailed } from './multipath-path-failed.ts';
import { neighbourOverflow } from './neighbour-overflow.ts';
import { netdeviceStuck } from './netdevice-stuck.ts';
import { nfsNotResponding } from './nfs-not-responding.ts';
import { oomKill } from './oom-kill.ts';
import { pageAllocationFailure } from './page-allocation-failure.ts';
import { passwordExpiryLong } from './password-expiry-long.ts';
import { pcieError } from './pcie-error.ts';
import { pidsLimitReached } from './pids-limit-reached.ts';
import { rcuStall } from './rcu-stall.ts';
import { remountedReadOnly } from './remounted-read-only.ts';
import { runtimeHung } from './runtime-hung.ts';
import { segfaultStorm } from './segfault-storm.ts';
import { selinuxInconsistent } from './selinux-inconsistent.ts';
import { softLockup } from './soft-lockup.ts';
import { sshEmptyPasswords } from './ssh-empty-passwords.ts';
import { sshRootLogin } from './ssh-root-login.ts';
import { synFlooding } from './syn-flooding.ts';
import { taskHung } from './task-hung.ts';
import { tcpMemoryExhausted } from './tcp-memory-exhausted.ts';
import { temperatureHigh } from './temperature-high.ts';
import { thermalThrottling } from './thermal-throttling.ts';
import { timeOffsetHigh } from './time-offset-high.ts';
import { timeServicesConflicting } from './time-services-conflicting.ts';
import { timeSourceMissing } from './time-source-missing.ts';
import { timeSourceSingle } from './time-source-single.ts';
import { timeSourcesDisagree } from './time-sources-disagree.ts';
import { timeSourcesUnreachable } from './time-sources-unreachable.ts';
import { timeStratumHigh } from './time-stratum-high.ts';
import { timeUnsynchronised } from './time-unsynchronised.ts';
import { transmitTimeout } from './transmit-timeout.ts';
import { unitFailed } from './unit-failed.ts';
import { unitRestartLoop } from './unit-restart-loop.ts';
import { xfsCorruption } from './xfs-corruption.ts';
import { xfsShutdown } from './xfs-shutdown.ts';

export const SERVICE_CHECKS: readonly Check[] = [
  accountFilesWritable,
  accountWithoutPassword,
  auditBacklogOverflow,
  auditOff,
  bootIncomplete,
  btrfsError,
  cephUnreachable,
  clocksourceUnstable,
  conntrackFull,
  containerOom,
  coreDumpNew,
  crashDumpNew,
  diskBadBlock,
  diskIoError,
  diskTransportError,
  ext4Error,
  ext4Warning,
  extraRootAccount,
  fanFailed,
  fileTableFull,
  firewallActive,
  gpuError,
  hardLockup,
  hardwareError,
  iscsiError,
  journalLarge,
  journaldNotPersistent,
  journaldUnbounded,
  kernelOops,
  legacyRemoteService,
  linkFlapping,
  logFileLarge,
  logRetentionShort,
  logrotateMissing,
  logsLarge,
  memoryEccErrors,
  memoryErrorCorrected,
  memoryErrorUncorrected,
  multipathPathFailed,
  neighbourOverflow,
  netdeviceStuck,
  nfsNotResponding,
  oomKill,
  pageAllocationFailure,
  passwordExpiryLong,
  pcieError,
  pidsLimitReached,
  rcuStall,
  remountedReadOnly,
  runtimeHung,
  segfaultStorm,
  selinuxInconsistent,
  softLockup,
  sshEmptyPasswords,
  sshRootLogin,
  synFlooding,
  taskHung,
  tcpMemoryExhausted,
  temperatureHigh,
  thermalThrottling,
  timeOffsetHigh,
  timeServicesConflicting,
  timeSourceMissing,
  timeSourceSingle,
  timeSourcesDisagree,
  timeSourcesUnreachable,
  timeStratumHigh,
  timeUnsynchronised,
  transmitTimeout,
  unitFailed,
  unitRestartLoop,
  xfsCorruption,
  xfsShutdown,
];
