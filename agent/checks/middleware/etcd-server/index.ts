import type { Check } from '../../check.ts';
import { etcdServerAlarm } from './alarm.ts';
import { etcdServerAnonymous } from './anonymous.ts';
import { etcdServerCommitSlow } from './commit-slow.ts';
import { etcdServerDatabaseNearQuota } from './database-near-quota.ts';
import { etcdServerFragmented } from './fragmented.ts';
import { etcdServerLeaderChanges } from './leader-changes.ts';
import { etcdServerLeaderMissing } from './leader-missing.ts';
import { etcdServerMembersEven } from './members-even.ts';
import { etcdServerProposalsPending } from './proposals-pending.ts';
import { etcdServerSyncSlow } from './sync-slow.ts';
import { etcdServerUnhealthy } from './unhealthy.ts';

export const ETCD_SERVER_CHECKS: readonly Check[] = [
  etcdServerAlarm,
  etcdServerAnonymous,
  etcdServerCommitSlow,
  etcdServerDatabaseNearQuota,
  etcdServerFragmented,
  etcdServerLeaderChanges,
  etcdServerLeaderMissing,
  etcdServerMembersEven,
  etcdServerProposalsPending,
  etcdServerSyncSlow,
  etcdServerUnhealthy,
];
