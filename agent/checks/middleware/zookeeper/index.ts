import type { Check } from '../../check.ts';
import { zookeeperClientsUnlimited } from './clients-unlimited.ts';
import { zookeeperConnectionsRejected } from './connections-rejected.ts';
import { zookeeperDescriptorsHigh } from './descriptors-high.ts';
import { zookeeperFilesLarge } from './files-large.ts';
import { zookeeperFollowersUnsynced } from './followers-unsynced.ts';
import { zookeeperLatencyHigh } from './latency-high.ts';
import { zookeeperLeaderCount } from './leader-count.ts';
import { zookeeperMembersEven } from './members-even.ts';
import { zookeeperNotServing } from './not-serving.ts';
import { zookeeperOutstandingHigh } from './outstanding-high.ts';
import { zookeeperSyncSlow } from './sync-slow.ts';

export const ZOOKEEPER_CHECKS: readonly Check[] = [
  zookeeperClientsUnlimited,
  zookeeperConnectionsRejected,
  zookeeperDescriptorsHigh,
  zookeeperFilesLarge,
  zookeeperFollowersUnsynced,
  zookeeperLatencyHigh,
  zookeeperLeaderCount,
  zookeeperMembersEven,
  zookeeperNotServing,
  zookeeperOutstandingHigh,
  zookeeperSyncSlow,
];
