import type { Check } from '../check.ts';
import { aggregatedApiInsecure } from './aggregated-api-insecure.ts';
import { apiClockOff } from './api-clock-off.ts';
import { apiErrorsHigh } from './api-errors-high.ts';
import { apiLatencyHigh } from './api-latency-high.ts';
import { apiNotLive } from './api-not-live.ts';
import { apiNotReady } from './api-not-ready.ts';
import { apiRestarted } from './api-restarted.ts';
import { apiServiceUnavailable } from './api-service-unavailable.ts';
import { apiSlow } from './api-slow.ts';
import { apiUnreachable } from './api-unreachable.ts';
import { auditErrors } from './audit-errors.ts';
import { auditOff } from './audit-off.ts';
import { clientCertificatesExpiring } from './client-certificates-expiring.ts';
import { controllerManagerLeaseStale } from './controller-manager-lease-stale.ts';
import { crdConversionBroken } from './crd-conversion-broken.ts';
import { crdUnhealthy } from './crd-unhealthy.ts';
import { crdVersionStale } from './crd-version-stale.ts';
import { csrPending } from './csr-pending.ts';
import { csrUnsigned } from './csr-unsigned.ts';
import { dceSupportEnding } from './dce-support-ending.ts';
import { deprecatedApiInUse } from './deprecated-api-in-use.ts';
import { etcdDatabaseLarge } from './etcd-database-large.ts';
import { etcdLatencyHigh } from './etcd-latency-high.ts';
import { fileDescriptorsHigh } from './file-descriptors-high.ts';
import { inflightHigh } from './inflight-high.ts';
import { leaderChangesFrequent } from './leader-changes-frequent.ts';
import { namespaceStuck } from './namespace-stuck.ts';
import { nodeSingle } from './node-single.ts';
import { nodesEven } from './nodes-even.ts';
import { nodesSameZone } from './nodes-same-zone.ts';
import { nodesSmall } from './nodes-small.ts';
import { objectCountHigh } from './object-count-high.ts';
import { requestsRejected } from './requests-rejected.ts';
import { requestsTerminated } from './requests-terminated.ts';
import { schedulerLeaseStale } from './scheduler-lease-stale.ts';
import { tenantPods } from './tenant-pods.ts';
import { versionEndOfLife } from './version-end-of-life.ts';
import { versionEnding } from './version-ending.ts';
import { versionMixed } from './version-mixed.ts';
import { webhookBackendMissing } from './webhook-backend-missing.ts';
import { webhookCaExpiring } from './webhook-ca-expiring.ts';
import { webhookCallFailures } from './webhook-call-failures.ts';
import { webhookLatencyHigh } from './webhook-latency-high.ts';
import { webhookScopeBroad } from './webhook-scope-broad.ts';
import { webhookTimeoutLong } from './webhook-timeout-long.ts';

export const CONTROL_PLANE_CHECKS: readonly Check[] = [
  aggregatedApiInsecure,
  apiClockOff,
  apiErrorsHigh,
  apiLatencyHigh,
  apiNotLive,
  apiNotReady,
  apiRestarted,
  apiServiceUnavailable,
  apiSlow,
  apiUnreachable,
  auditErrors,
  auditOff,
  clientCertificatesExpiring,
  controllerManagerLeaseStale,
  crdConversionBroken,
  crdUnhealthy,
  crdVersionStale,
  csrPending,
  csrUnsigned,
  dceSupportEnding,
  deprecatedApiInUse,
  etcdDatabaseLarge,
  etcdLatencyHigh,
  fileDescriptorsHigh,
  inflightHigh,
  leaderChangesFrequent,
  namespaceStuck,
  nodeSingle,
  nodesEven,
  nodesSameZone,
  nodesSmall,
  objectCountHigh,
  requestsRejected,
  requestsTerminated,
  schedulerLeaseStale,
  tenantPods,
  versionEndOfLife,
  versionEnding,
  versionMixed,
  webhookBackendMissing,
  webhookCaExpiring,
  webhookCallFailures,
  webhookLatencyHigh,
  webhookScopeBroad,
  webhookTimeoutLong,
];
