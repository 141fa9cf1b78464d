import type { Check } from '../check.ts';
import { anonymousAuthOn } from './anonymous-auth-on.ts';
import { apiserverAlwaysAdmitOn } from './apiserver-always-admit-on.ts';
import { apiserverAnonymousAuthOn } from './apiserver-anonymous-auth-on.ts';
import { apiserverAuditOff } from './apiserver-audit-off.ts';
import { apiserverAuditRetentionShort } from './apiserver-audit-retention-short.ts';
import { apiserverAuthorizationOpen } from './apiserver-authorization-open.ts';
import { apiserverEncryptionOff } from './apiserver-encryption-off.ts';
import { apiserverEtcdClientMissing } from './apiserver-etcd-client-missing.ts';
import { apiserverInflightLow } from './apiserver-inflight-low.ts';
import { apiserverInsecurePortOpen } from './apiserver-insecure-port-open.ts';
import { apiserverKubeletClientMissing } from './apiserver-kubelet-client-missing.ts';
import { apiserverKubeletUnverified } from './apiserver-kubelet-unverified.ts';
import { apiserverNodeRestrictionOff } from './apiserver-node-restriction-off.ts';
import { apiserverProfilingOn } from './apiserver-profiling-on.ts';
import { apiserverStaticCredentials } from './apiserver-static-credentials.ts';
import { apiserverTlsVersionLow } from './apiserver-tls-version-low.ts';
import { apiserverTokenLookupOff } from './apiserver-token-lookup-off.ts';
import { authorizationAlwaysAllow } from './authorization-always-allow.ts';
import { cgroupDriverMismatch } from './cgroup-driver-mismatch.ts';
import { clusterDnsUnset } from './cluster-dns-unset.ts';
import { componentFilesExhausted } from './component-files-exhausted.ts';
import { componentNofileLow } from './component-nofile-low.ts';
import { componentOomUnprotected } from './component-oom-unprotected.ts';
import { containerLogsLarge } from './container-logs-large.ts';
import { controllerBindOpen } from './controller-bind-open.ts';
import { controllerPodGcOff } from './controller-pod-gc-off.ts';
import { controllerProfilingOn } from './controller-profiling-on.ts';
import { controllerRootCaUnset } from './controller-root-ca-unset.ts';
import { controllerSharedCredentials } from './controller-shared-credentials.ts';
import { dockerLiveRestoreOff } from './docker-live-restore-off.ts';
import { dockerLogRotationUnset } from './docker-log-rotation-unset.ts';
import { dockerStorageDriverDeprecated } from './docker-storage-driver-deprecated.ts';
import { dockershimInUse } from './dockershim-in-use.ts';
import { eventRateLow } from './event-rate-low.ts';
import { evictionIncomplete } from './eviction-incomplete.ts';
import { evictionUnset } from './eviction-unset.ts';
import { imageGcLate } from './image-gc-late.ts';
import { insecureRegistries } from './insecure-registries.ts';
import { kernelDefaultsUnprotected } from './kernel-defaults-unprotected.ts';
import { kubeProxyUnhealthy } from './kube-proxy-unhealthy.ts';
import { leaderElectionOff } from './leader-election-off.ts';
import { maxPodsHigh } from './max-pods-high.ts';
import { notRunning } from './not-running.ts';
import { readOnlyPortOpen } from './read-only-port-open.ts';
import { reservedUnset } from './reserved-unset.ts';
import { restartPending } from './restart-pending.ts';
import { runtimeSilent } from './runtime-silent.ts';
import { schedulerBindOpen } from './scheduler-bind-open.ts';
import { schedulerProfilingOn } from './scheduler-profiling-on.ts';
import { staticPodChanged } from './static-pod-changed.ts';
import { staticPodFileOpen } from './static-pod-file-open.ts';
import { staticPodProbeMissing } from './static-pod-probe-missing.ts';
import { staticPodRequestsMissing } from './static-pod-requests-missing.ts';
import { streamingTimeoutOff } from './streaming-timeout-off.ts';
import { swapAllowed } from './swap-allowed.ts';
import { tlsVersionLow } from './tls-version-low.ts';
import { unhealthy } from './unhealthy.ts';

export const KUBELET_CHECKS: readonly Check[] = [
  anonymousAuthOn,
  apiserverAlwaysAdmitOn,
  apiserverAnonymousAuthOn,
  apiserverAuditOff,
  apiserverAuditRetentionShort,
  apiserverAuthorizationOpen,
  apiserverEncryptionOff,
  apiserverEtcdClientMissing,
  apiserverInflightLow,
  apiserverInsecurePortOpen,
  apiserverKubeletClientMissing,
  apiserverKubeletUnverified,
  apiserverNodeRestrictionOff,
  apiserverProfilingOn,
  apiserverStaticCredentials,
  apiserverTlsVersionLow,
  apiserverTokenLookupOff,
  authorizationAlwaysAllow,
  cgroupDriverMismatch,
  clusterDnsUnset,
  componentFilesExhausted,
  componentNofileLow,
  componentOomUnprotected,
  containerLogsLarge,
  controllerBindOpen,
  controllerPodGcOff,
  controllerProfilingOn,
  controllerRootCaUnset,
  controllerSharedCredentials,
  dockerLiveRestoreOff,
  dockerLogRotationUnset,
  dockerStorageDriverDeprecated,
  dockershimInUse,
  eventRateLow,
  evictionIncomplete,
  evictionUnset,
  imageGcLate,
  insecureRegistries,
  kernelDefaultsUnprotected,
  kubeProxyUnhealthy,
  leaderElectionOff,
  maxPodsHigh,
  notRunning,
  readOnlyPortOpen,
  reservedUnset,
  restartPending,
  runtimeSilent,
  schedulerBindOpen,
  schedulerProfilingOn,
  staticPodChanged,
  staticPodFileOpen,
  staticPodProbeMissing,
  staticPodRequestsMissing,
  streamingTimeoutOff,
  swapAllowed,
  tlsVersionLow,
  unhealthy,
];
