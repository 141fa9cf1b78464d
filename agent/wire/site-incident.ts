/**
 * Incidents that people, tickets or an Alertmanager opened at a site, as its collector tells a support centre: that there is one, how bad
 * it is, what it is about and how it stands. What people typed stays at the site: there is no text in it.
 */
import type { Scope } from './inspection.ts';
import type { Severity } from './vocabulary.ts';

/** Where it came from; troubles that agents see travel as signals. */
export const SITE_SOURCES = ['person', 'api', 'alertmanager'] as const;
export const SITE_INCIDENT_KINDS = ['incident', 'problem'] as const;
/** How it stands there. `over`: solved, closed, or gone by itself; `void`: it was none. */
export const SITE_STATES = ['active', 'over', 'void'] as const;
/** In one payload. */
export const MOST_SITE_INCIDENTS = 200;

export interface SiteIncident {
  /** Counts at the site; what people there say. */
  readonly number: number;
  readonly source: (typeof SITE_SOURCES)[number];
  readonly kind: (typeof SITE_INCIDENT_KINDS)[number];
  readonly severity: Severity;
  /** 1 is the worst; chosen there by its contract or by people. */
  readonly level: number;
  readonly state: (typeof SITE_STATES)[number];
  /** Of an alert that everybody has; names that a site made up are left out. */
  readonly rule?: string | undefined;
  readonly scope?: Scope | undefined;
  /** Unix seconds. */
  readonly openedAt: number;
  /** Unix seconds of this state. */
  readonly at: number;
}

/** Alerts of kubernetes-mixin, node-mixin, kube-prometheus and Prometheus itself: their names say nothing of a site. */
export const KNOWN_ALERTS: readonly string[] = [
  'AlertmanagerFailedReload AlertmanagerMembersInconsistent AlertmanagerFailedToSendAlerts AlertmanagerClusterDown AlertmanagerClusterCrashlooping',
  'ConfigReloaderSidecarErrors CPUThrottlingHigh InfoInhibitor TargetDown Watchdog',
  'etcdDatabaseHighFragmentationRatio etcdDatabaseQuotaLowSpace etcdExcessiveDatabaseGrowth etcdGRPCRequestsSlow etcdHighCommitDurations etcdHighFsyncDurations',
  'etcdHighNumberOfFailedGRPCRequests etcdHighNumberOfFailedProposals etcdHighNumberOfLeaderChanges etcdInsufficientMembers etcdMemberCommunicationSlow etcdMembersDown etcdNoLeader',
  'KubeAPIDown KubeAPIErrorBudgetBurn KubeAPITerminatedRequests KubeAggregatedAPIDown KubeAggregatedAPIErrors KubeClientCertificateExpiration KubeClientErrors',
  'KubeContainerWaiting KubeControllerManagerDown KubeCPUOvercommit KubeCPUQuotaOvercommit KubeDaemonSetMisScheduled KubeDaemonSetNotScheduled KubeDaemonSetRolloutStuck',
  'KubeDeploymentGenerationMismatch KubeDeploymentReplicasMismatch KubeDeploymentRolloutStuck KubeHpaMaxedOut KubeHpaReplicasMismatch KubeJobFailed KubeJobNotCompleted',
  'KubeletClientCertificateExpiration KubeletClientCertificateRenewalErrors KubeletDown KubeletPlegDurationHigh KubeletPodStartUpLatencyHigh KubeletServerCertificateExpiration',
  'KubeletServerCertificateRenewalErrors KubeletTooManyPods KubeMemoryOvercommit KubeMemoryQuotaOvercommit KubeNodeEviction KubeNodeNotReady KubeNodePressure KubeNodeReadinessFlapping',
  'KubeNodeUnreachable KubePdbNotEnoughHealthyPods KubePersistentVolumeErrors KubePersistentVolumeFillingUp KubePersistentVolumeInodesFillingUp KubePodCrashLooping KubePodNotReady',
  'KubeProxyDown KubeQuotaAlmostFull KubeQuotaExceeded KubeQuotaFullyUsed KubeSchedulerDown KubeStatefulSetGenerationMismatch KubeStatefulSetReplicasMismatch',
  'KubeStatefulSetUpdateNotRolledOut KubeStateMetricsListErrors KubeStateMetricsShardingMismatch KubeStateMetricsShardsMissing KubeStateMetricsWatchErrors KubeVersionMismatch',
  'NodeBondingDegraded NodeClockNotSynchronising NodeClockSkewDetected NodeCPUHighUsage NodeDiskIOSaturation NodeFileDescriptorLimit NodeFilesystemAlmostOutOfFiles',
  'NodeFilesystemAlmostOutOfSpace NodeFilesystemFilesFillingUp NodeFilesystemSpaceFillingUp NodeHighNumberConntrackEntriesUsed NodeMemoryHighUtilization NodeMemoryMajorPagesFaults',
  'NodeNetworkInterfaceFlapping NodeNetworkReceiveErrs NodeNetworkTransmitErrs NodeRAIDDegraded NodeRAIDDiskFailure NodeSystemdServiceCrashlooping NodeSystemdServiceFailed',
  'NodeSystemSaturation NodeTextFileCollectorScrapeError',
  'PrometheusBadConfig PrometheusDuplicateTimestamps PrometheusErrorSendingAlertsToAnyAlertmanager PrometheusNotConnectedToAlertmanagers PrometheusNotIngestingSamples',
  'PrometheusOutOfOrderTimestamps PrometheusRemoteStorageFailures PrometheusRemoteWriteBehind PrometheusRuleFailures PrometheusMissingRuleEvaluations PrometheusTargetSyncFailure',
  'PrometheusTSDBCompactionsFailing PrometheusTSDBReloadsFailing',
].flatMap((names) => names.split(' '));
