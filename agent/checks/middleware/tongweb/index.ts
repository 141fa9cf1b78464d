import type { Check } from '../../check.ts';
import { tongwebAccessLogOff } from './access-log-off.ts';
import { tongwebAlertPolicyOff } from './alert-policy-off.ts';
import { tongwebAppNotRunning } from './app-not-running.ts';
import { tongwebAutodeployEnabled } from './autodeploy-enabled.ts';
import { tongwebBaselineMandatoryFailed } from './baseline-mandatory-failed.ts';
import { tongwebConfigProtectionOff } from './config-protection-off.ts';
import { tongwebConsolePlainHttp } from './console-plain-http.ts';
import { tongwebConsoleTrustedIpAny } from './console-trusted-ip-any.ts';
import { tongwebDatasourceAbandonedOff } from './datasource-abandoned-off.ts';
import { tongwebDatasourceLeak } from './datasource-leak.ts';
import { tongwebDatasourceLeakLogged } from './datasource-leak-logged.ts';
import { tongwebDatasourceOversized } from './datasource-oversized.ts';
import { tongwebDatasourceSaturated } from './datasource-saturated.ts';
import { tongwebDatasourceValidationOff } from './datasource-validation-off.ts';
import { tongwebDatasourceWaitLong } from './datasource-wait-long.ts';
import { tongwebDatasourceWaiting } from './datasource-waiting.ts';
import { tongwebDeadlock } from './deadlock.ts';
import { tongwebDiskLow } from './disk-low.ts';
import { tongwebDumpPresent } from './dump-present.ts';
import { tongwebEmbeddedLicensePath } from './embedded-license-path.ts';
import { tongwebFdUsageHigh } from './fd-usage-high.ts';
import { tongwebFullGcFrequent } from './full-gc-frequent.ts';
import { tongwebGcTimeHigh } from './gc-time-high.ts';
import { tongwebGclogDisabled } from './gclog-disabled.ts';
import { tongwebHeapExceedsMemory } from './heap-exceeds-memory.ts';
import { tongwebHeapTooSmall } from './heap-too-small.ts';
import { tongwebHeapUnequal } from './heap-unequal.ts';
import { tongwebHeapUsageHigh } from './heap-usage-high.ts';
import { tongwebHeapdumpDisabled } from './heapdump-disabled.ts';
import { tongwebHotdeployEnabled } from './hotdeploy-enabled.ts';
import { tongwebHungThread } from './hung-thread.ts';
import { tongwebInstanceStopped } from './instance-stopped.ts';
import { tongwebJmxOpen } from './jmx-open.ts';
import { tongwebJspDevelopment } from './jsp-development.ts';
import { tongwebKnownRceVersion } from './known-rce-version.ts';
import { tongwebKnownSmugglingVersion } from './known-smuggling-version.ts';
import { tongwebLicenseExpired } from './license-expired.ts';
import { tongwebLicenseExpiring } from './license-expiring.ts';
import { tongwebLicenseInConfigmap } from './license-in-configmap.ts';
import { tongwebLicenseTrial } from './license-trial.ts';
import { tongwebLicenseVersionMismatch } from './license-version-mismatch.ts';
import { tongwebListenerConnectionsHigh } from './listener-connections-high.ts';
import { tongwebListenerMaxThreadsOdd } from './listener-max-threads-odd.ts';
import { tongwebListenerNotListening } from './listener-not-listening.ts';
import { tongwebListenerQueueGrowing } from './listener-queue-growing.ts';
import { tongwebListenerSpareThreadsLow } from './listener-spare-threads-low.ts';
import { tongwebLogErrorsRising } from './log-errors-rising.ts';
import { tongwebLogLarge } from './log-large.ts';
import { tongwebLogRotationMissing } from './log-rotation-missing.ts';
import { tongwebMetaspaceUnset } from './metaspace-unset.ts';
import { tongwebNofileLow } from './nofile-low.ts';
import { tongwebNprocLow } from './nproc-low.ts';
import { tongwebOom } from './oom.ts';
import { tongwebPoolEmpty } from './pool-empty.ts';
import { tongwebRequestErrorRate } from './request-error-rate.ts';
import { tongwebRequestSlow } from './request-slow.ts';
import { tongwebRestartsMany } from './restarts-many.ts';
import { tongwebRunsAsRoot } from './runs-as-root.ts';
import { tongwebSessionRejected } from './session-rejected.ts';
import { tongwebSnapshotFillingDisk } from './snapshot-filling-disk.ts';
import { tongwebSnapshotTriggerLow } from './snapshot-trigger-low.ts';
import { tongwebStartFailed } from './start-failed.ts';
import { tongwebThreadPoolSaturated } from './thread-pool-saturated.ts';
import { tongwebThreadsHung } from './threads-hung.ts';
import { tongwebTooManyFiles } from './too-many-files.ts';

export const TONGWEB_CHECKS: readonly Check[] = [
  tongwebAlertPolicyOff,
  tongwebEmbeddedLicensePath,
  tongwebLicenseInConfigmap,
  tongwebThreadsHung,
  tongwebListenerQueueGrowing,
  tongwebAccessLogOff,
  tongwebAppNotRunning,
  tongwebAutodeployEnabled,
  tongwebBaselineMandatoryFailed,
  tongwebConfigProtectionOff,
  tongwebConsolePlainHttp,
  tongwebConsoleTrustedIpAny,
  tongwebDatasourceAbandonedOff,
  tongwebDatasourceLeak,
  tongwebDatasourceLeakLogged,
  tongwebDatasourceOversized,
  tongwebDatasourceSaturated,
  tongwebDatasourceValidationOff,
  tongwebDatasourceWaitLong,
  tongwebDatasourceWaiting,
  tongwebDeadlock,
  tongwebDiskLow,
  tongwebDumpPresent,
  tongwebFdUsageHigh,
  tongwebGcTimeHigh,
  tongwebGclogDisabled,
  tongwebHeapExceedsMemory,
  tongwebHeapTooSmall,
  tongwebHeapUnequal,
  tongwebHeapUsageHigh,
  tongwebHeapdumpDisabled,
  tongwebHotdeployEnabled,
  tongwebHungThread,
  tongwebInstanceStopped,
  tongwebJmxOpen,
  tongwebJspDevelopment,
  tongwebKnownRceVersion,
  tongwebKnownSmugglingVersion,
  tongwebLicenseExpired,
  tongwebLicenseExpiring,
  tongwebLicenseTrial,
  tongwebLicenseVersionMismatch,
  tongwebListenerConnectionsHigh,
  tongwebListenerMaxThreadsOdd,
  tongwebListenerNotListening,
  tongwebListenerSpareThreadsLow,
  tongwebLogErrorsRising,
  tongwebLogLarge,
  tongwebLogRotationMissing,
  tongwebMetaspaceUnset,
  tongwebNofileLow,
  tongwebNprocLow,
  tongwebOom,
  tongwebPoolEmpty,
  tongwebRequestErrorRate,
  tongwebRequestSlow,
  tongwebRestartsMany,
  tongwebRunsAsRoot,
  tongwebSessionRejected,
  tongwebSnapshotFillingDisk,
  tongwebSnapshotTriggerLow,
  tongwebStartFailed,
  tongwebThreadPoolSaturated,
  tongwebTooManyFiles,
  tongwebFullGcFrequent,
];
