import type { Check } from '../../check.ts';
import { mongodbArbitersMany } from './arbiters-many.ts';
import { mongodbAsserts } from './asserts.ts';
import { mongodbAuthOff } from './auth-off.ts';
import { mongodbBalancerOff } from './balancer-off.ts';
import { mongodbBindsAll } from './binds-all.ts';
import { mongodbCacheDirty } from './cache-dirty.ts';
import { mongodbCacheFull } from './cache-full.ts';
import { mongodbCacheOversized } from './cache-oversized.ts';
import { mongodbCompatibilityBehind } from './compatibility-behind.ts';
import { mongodbConnectionsHigh } from './connections-high.ts';
import { mongodbCursorsMany } from './cursors-many.ts';
import { mongodbJournalOff } from './journal-off.ts';
import { mongodbMemberUnhealthy } from './member-unhealthy.ts';
import { mongodbMembersFew } from './members-few.ts';
import { mongodbOplogShort } from './oplog-short.ts';
import { mongodbPrimaryMissing } from './primary-missing.ts';
import { mongodbQueueLong } from './queue-long.ts';
import { mongodbReplicationLag } from './replication-lag.ts';
import { mongodbShardDraining } from './shard-draining.ts';
import { mongodbTicketsLow } from './tickets-low.ts';
import { mongodbTlsOff } from './tls-off.ts';
import { mongodbVotesEven } from './votes-even.ts';
import { mongodbWriteConcernWeak } from './write-concern-weak.ts';

export const MONGODB_CHECKS: readonly Check[] = [
  mongodbArbitersMany,
  mongodbAsserts,
  mongodbAuthOff,
  mongodbBalancerOff,
  mongodbBindsAll,
  mongodbCacheDirty,
  mongodbCacheFull,
  mongodbCacheOversized,
  mongodbCompatibilityBehind,
  mongodbConnectionsHigh,
  mongodbCursorsMany,
  mongodbJournalOff,
  mongodbMemberUnhealthy,
  mongodbMembersFew,
  mongodbOplogShort,
  mongodbPrimaryMissing,
  mongodbQueueLong,
  mongodbReplicationLag,
  mongodbShardDraining,
  mongodbTicketsLow,
  mongodbTlsOff,
  mongodbVotesEven,
  mongodbWriteConcernWeak,
];
