import type { Check } from '../../check.ts';
import { minioCapacityLow } from './capacity-low.ts';
import { minioDefaultPassword } from './default-password.ts';
import { minioDescriptorsHigh } from './descriptors-high.ts';
import { minioDriveErrors } from './drive-errors.ts';
import { minioDriveFull } from './drive-full.ts';
import { minioDriveOffline } from './drive-offline.ts';
import { minioErasureSetUnhealthy } from './erasure-set-unhealthy.ts';
import { minioErrorsHigh } from './errors-high.ts';
import { minioHealing } from './healing.ts';
import { minioInodesLow } from './inodes-low.ts';
import { minioKeyServerOffline } from './key-server-offline.ts';
import { minioMetricsOpen } from './metrics-open.ts';
import { minioNodeOffline } from './node-offline.ts';
import { minioReadQuorumLost } from './read-quorum-lost.ts';
import { minioRedundancyNone } from './redundancy-none.ts';
import { minioRequestsWaiting } from './requests-waiting.ts';
import { minioTlsOff } from './tls-off.ts';
import { minioToleranceNone } from './tolerance-none.ts';
import { minioUpstreamUnmaintained } from './upstream-unmaintained.ts';
import { minioWriteQuorumLost } from './write-quorum-lost.ts';

export const MINIO_CHECKS: readonly Check[] = [
  minioCapacityLow,
  minioDefaultPassword,
  minioDescriptorsHigh,
  minioDriveErrors,
  minioDriveFull,
  minioDriveOffline,
  minioErasureSetUnhealthy,
  minioErrorsHigh,
  minioHealing,
  minioInodesLow,
  minioKeyServerOffline,
  minioMetricsOpen,
  minioNodeOffline,
  minioReadQuorumLost,
  minioRedundancyNone,
  minioRequestsWaiting,
  minioTlsOff,
  minioToleranceNone,
  minioUpstreamUnmaintained,
  minioWriteQuorumLost,
];
