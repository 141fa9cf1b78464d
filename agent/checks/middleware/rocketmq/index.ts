import type { Check } from '../../check.ts';
import { rocketmqAccessOpen } from './access-open.ts';
import { rocketmqAutoCreateGroups } from './auto-create-groups.ts';
import { rocketmqAutoCreateTopics } from './auto-create-topics.ts';
import { rocketmqBrokerUnregistered } from './broker-unregistered.ts';
import { rocketmqConsumerLag } from './consumer-lag.ts';
import { rocketmqDeadLetters } from './dead-letters.ts';
import { rocketmqDiskHigh } from './disk-high.ts';
import { rocketmqDurabilityRelaxed } from './durability-relaxed.ts';
import { rocketmqMasterAlone } from './master-alone.ts';
import { rocketmqMasterMissing } from './master-missing.ts';
import { rocketmqNameServerSingle } from './name-server-single.ts';
import { rocketmqNameServersDiffer } from './name-servers-differ.ts';
import { rocketmqPageCacheBusy } from './page-cache-busy.ts';
import { rocketmqPutFailing } from './put-failing.ts';
import { rocketmqPutSlow } from './put-slow.ts';
import { rocketmqRetryLag } from './retry-lag.ts';
import { rocketmqSendQueueWaiting } from './send-queue-waiting.ts';
import { rocketmqSlaveBehind } from './slave-behind.ts';

export const ROCKETMQ_CHECKS: readonly Check[] = [
  rocketmqAccessOpen,
  rocketmqAutoCreateGroups,
  rocketmqAutoCreateTopics,
  rocketmqBrokerUnregistered,
  rocketmqConsumerLag,
  rocketmqDeadLetters,
  rocketmqDiskHigh,
  rocketmqDurabilityRelaxed,
  rocketmqMasterAlone,
  rocketmqMasterMissing,
  rocketmqNameServerSingle,
  rocketmqNameServersDiffer,
  rocketmqPageCacheBusy,
  rocketmqPutFailing,
  rocketmqPutSlow,
  rocketmqRetryLag,
  rocketmqSendQueueWaiting,
  rocketmqSlaveBehind,
];
