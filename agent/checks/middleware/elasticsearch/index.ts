import type { Check } from '../../check.ts';
import { elasticsearchAllocationOff } from './allocation-off.ts';
import { elasticsearchBreakerTripped } from './breaker-tripped.ts';
import { elasticsearchCollectionsLong } from './collections-long.ts';
import { elasticsearchDescriptorsLow } from './descriptors-low.ts';
import { elasticsearchDiskLow } from './disk-low.ts';
import { elasticsearchHeapHigh } from './heap-high.ts';
import { elasticsearchHeapOversized } from './heap-oversized.ts';
import { elasticsearchIndicesBlocked } from './indices-blocked.ts';
import { elasticsearchLifecycleError } from './lifecycle-error.ts';
import { elasticsearchMastersFew } from './masters-few.ts';
import { elasticsearchMemoryUnlocked } from './memory-unlocked.ts';
import { elasticsearchNodeMissing } from './node-missing.ts';
import { elasticsearchPrimaryUnassigned } from './primary-unassigned.ts';
import { elasticsearchRed } from './red.ts';
import { elasticsearchRejections } from './rejections.ts';
import { elasticsearchReplicasNone } from './replicas-none.ts';
import { elasticsearchSecurityOff } from './security-off.ts';
import { elasticsearchShardLarge } from './shard-large.ts';
import { elasticsearchShardsMany } from './shards-many.ts';
import { elasticsearchSnapshotMissing } from './snapshot-missing.ts';
import { elasticsearchSnapshotStale } from './snapshot-stale.ts';
import { elasticsearchTasksPending } from './tasks-pending.ts';
import { elasticsearchTlsOff } from './tls-off.ts';
import { elasticsearchYellow } from './yellow.ts';

export const ELASTICSEARCH_CHECKS: readonly Check[] = [
  elasticsearchAllocationOff,
  elasticsearchBreakerTripped,
  elasticsearchCollectionsLong,
  elasticsearchDescriptorsLow,
  elasticsearchDiskLow,
  elasticsearchHeapHigh,
  elasticsearchHeapOversized,
  elasticsearchIndicesBlocked,
  elasticsearchLifecycleError,
  elasticsearchMastersFew,
  elasticsearchMemoryUnlocked,
  elasticsearchNodeMissing,
  elasticsearchPrimaryUnassigned,
  elasticsearchRed,
  elasticsearchRejections,
  elasticsearchReplicasNone,
  elasticsearchSecurityOff,
  elasticsearchShardLarge,
  elasticsearchShardsMany,
  elasticsearchSnapshotMissing,
  elasticsearchSnapshotStale,
  elasticsearchTasksPending,
  elasticsearchTlsOff,
  elasticsearchYellow,
];
