/** TongLINK/Q: queues and licence as its textfile metrics tell them, and the kernel parameters that it wants. */
import { counter, gauge, list, name, optional, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MOST_INSTANCES, MOST_PARTS } from './instance-fields.ts';
import { PROCESS_FIELDS } from './jvm-fields.ts';

export const middlewareTlq = defineSection({
  id: 'middlewareTlq',
  domain: 'middleware',
  group: 'usage',
  purpose: text('TongLINK/Q 实例：队列积压、授权剩余天数与内核参数（不含消息）', 'TongLINK/Q instances: backlog of queues, days of the licence, kernel parameters; never messages'),
  fields: {
    dropped: counter(text('因上限未列出的行数', 'Rows left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      ...PROCESS_FIELDS,
      licenseDaysLeft: optional(gauge(text('授权剩余天数', 'Days that the licence has left'), 'days', { min: -100_000 })),
      deadLetters: optional(counter(text('死信队列中的消息数', 'Messages in dead letter queues'))),
      metricsAgeSeconds: optional(counter(text('指标文件的年龄', 'Age of the file of metrics'), 'seconds')),
      channels: optional(counter(text('通道数', 'Channels'))),
      channelsDown: optional(counter(text('未连接的通道数', 'Channels that are not connected'))),
      shmMaxBytes: optional(gauge(text('共享内存段上限 kernel.shmmax', 'Largest shared memory segment, kernel.shmmax'), 'bytes')),
      semaphoreSets: optional(counter(text('信号量集上限 SEMMNI', 'Semaphore sets, SEMMNI'))),
      shmSegments: optional(counter(text('共享内存段数上限 kernel.shmmni', 'Shared memory segments, kernel.shmmni'))),
      messageQueues: optional(counter(text('消息队列数上限 kernel.msgmni', 'Message queues, kernel.msgmni'))),
      messageQueueBytes: optional(gauge(text('消息队列字节上限 kernel.msgmnb', 'Bytes of a message queue, kernel.msgmnb'), 'bytes')),
    }),
    queues: list(text('队列', 'Queues'), MOST_PARTS, {
      instance: name(text('实例', 'Instance'), 'instance'),
      queue: name(text('队列', 'Queue'), 'queue'),
      ready: optional(counter(text('就绪的消息数', 'Messages that are ready'))),
      waitingAck: optional(counter(text('等待确认的消息数', 'Messages that wait to be acknowledged'))),
      ackStandingSeconds: optional(counter(text('待确认数保持不变的时长', 'How long the number of unacknowledged messages has not moved'), 'seconds')),
      capacity: optional(counter(text('容量', 'Capacity'))),
    }),
  },
});
