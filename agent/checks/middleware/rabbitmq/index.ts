import type { Check } from '../../check.ts';
import { rabbitmqDefaultPassword } from './default-password.ts';
import { rabbitmqDescriptorsHigh } from './descriptors-high.ts';
import { rabbitmqDiskAlarm } from './disk-alarm.ts';
import { rabbitmqDiskLimitLow } from './disk-limit-low.ts';
import { rabbitmqMemoryAlarm } from './memory-alarm.ts';
import { rabbitmqMemoryHigh } from './memory-high.ts';
import { rabbitmqMirroredClassic } from './mirrored-classic.ts';
import { rabbitmqNodeMissing } from './node-missing.ts';
import { rabbitmqNodesEven } from './nodes-even.ts';
import { rabbitmqPartition } from './partition.ts';
import { rabbitmqProcessesHigh } from './processes-high.ts';
import { rabbitmqQueueBacklog } from './queue-backlog.ts';
import { rabbitmqQueueDown } from './queue-down.ts';
import { rabbitmqQueueUnacked } from './queue-unacked.ts';
import { rabbitmqQueueUnconsumed } from './queue-unconsumed.ts';
import { rabbitmqQueueUnreplicated } from './queue-unreplicated.ts';
import { rabbitmqUnroutable } from './unroutable.ts';

export const RABBITMQ_CHECKS: readonly Check[] = [
  rabbitmqDefaultPassword,
  rabbitmqDescriptorsHigh,
  rabbitmqDiskAlarm,
  rabbitmqDiskLimitLow,
  rabbitmqMemoryAlarm,
  rabbitmqMemoryHigh,
  rabbitmqMirroredClassic,
  rabbitmqNodeMissing,
  rabbitmqNodesEven,
  rabbitmqPartition,
  rabbitmqProcessesHigh,
  rabbitmqQueueBacklog,
  rabbitmqQueueDown,
  rabbitmqQueueUnacked,
  rabbitmqQueueUnconsumed,
  rabbitmqQueueUnreplicated,
  rabbitmqUnroutable,
];
