import type { Check } from '../../check.ts';
import { redisAuthOff } from './auth-off.ts';
import { redisClientsHigh } from './clients-high.ts';
import { redisClusterState } from './cluster-state.ts';
import { redisEvictions } from './evictions.ts';
import { redisForkSlow } from './fork-slow.ts';
import { redisFragmentationHigh } from './fragmentation-high.ts';
import { redisLoading } from './loading.ts';
import { redisMaxmemoryUnset } from './maxmemory-unset.ts';
import { redisMemoryHigh } from './memory-high.ts';
import { redisMinReplicasUnset } from './min-replicas-unset.ts';
import { redisPersistenceOff } from './persistence-off.ts';
import { redisPrimaryCount } from './primary-count.ts';
import { redisRejectedConnections } from './rejected-connections.ts';
import { redisReplicaLag } from './replica-lag.ts';
import { redisReplicaLinkDown } from './replica-link-down.ts';
import { redisSaveFailed } from './save-failed.ts';
import { redisSaveStale } from './save-stale.ts';
import { redisSentinelFew } from './sentinel-few.ts';
import { redisSentinelPrimaryDown } from './sentinel-primary-down.ts';
import { redisSentinelQuorumLost } from './sentinel-quorum-lost.ts';

export const REDIS_CHECKS: readonly Check[] = [
  redisAuthOff,
  redisClientsHigh,
  redisClusterState,
  redisEvictions,
  redisForkSlow,
  redisFragmentationHigh,
  redisLoading,
  redisMaxmemoryUnset,
  redisMemoryHigh,
  redisMinReplicasUnset,
  redisPersistenceOff,
  redisPrimaryCount,
  redisRejectedConnections,
  redisReplicaLag,
  redisReplicaLinkDown,
  redisSaveFailed,
  redisSaveStale,
  redisSentinelFew,
  redisSentinelPrimaryDown,
  redisSentinelQuorumLost,
];
