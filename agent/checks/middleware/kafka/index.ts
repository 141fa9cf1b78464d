import type { Check } from '../../check.ts';
import { kafkaAuthorizerOff } from './authorizer-off.ts';
import { kafkaAutoCreateTopics } from './auto-create-topics.ts';
import { kafkaBrokerAbsent } from './broker-absent.ts';
import { kafkaConsumerLag } from './consumer-lag.ts';
import { kafkaControllerCount } from './controller-count.ts';
import { kafkaDefaultReplicationLow } from './default-replication-low.ts';
import { kafkaInternalReplicationLow } from './internal-replication-low.ts';
import { kafkaLeaderSkew } from './leader-skew.ts';
import { kafkaLogDirFull } from './log-dir-full.ts';
import { kafkaLogDirOffline } from './log-dir-offline.ts';
import { kafkaOfflinePartitions } from './offline-partitions.ts';
import { kafkaPlainListener } from './plain-listener.ts';
import { kafkaPreferredLeader } from './preferred-leader.ts';
import { kafkaQuorumVoterBehind } from './quorum-voter-behind.ts';
import { kafkaQuorumVotersFew } from './quorum-voters-few.ts';
import { kafkaRetentionUnlimited } from './retention-unlimited.ts';
import { kafkaTopicMinIsrWeak } from './topic-min-isr-weak.ts';
import { kafkaTopicSingleReplica } from './topic-single-replica.ts';
import { kafkaUncleanElection } from './unclean-election.ts';
import { kafkaUnderMinIsr } from './under-min-isr.ts';
import { kafkaUnderReplicated } from './under-replicated.ts';
import { kafkaZookeeperMode } from './zookeeper-mode.ts';

export const KAFKA_CHECKS: readonly Check[] = [
  kafkaAuthorizerOff,
  kafkaAutoCreateTopics,
  kafkaBrokerAbsent,
  kafkaConsumerLag,
  kafkaControllerCount,
  kafkaDefaultReplicationLow,
  kafkaInternalReplicationLow,
  kafkaLeaderSkew,
  kafkaLogDirFull,
  kafkaLogDirOffline,
  kafkaOfflinePartitions,
  kafkaPlainListener,
  kafkaPreferredLeader,
  kafkaQuorumVoterBehind,
  kafkaQuorumVotersFew,
  kafkaRetentionUnlimited,
  kafkaTopicMinIsrWeak,
  kafkaTopicSingleReplica,
  kafkaUncleanElection,
  kafkaUnderMinIsr,
  kafkaUnderReplicated,
  kafkaZookeeperMode,
];
