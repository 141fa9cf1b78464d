import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqSendQueueWaiting = defineCheck({
  id: 'rocketmq-send-queue-waiting',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 发送请求排队', en: 'RocketMQ send requests queued' },
  why: { zh: 'broker 处理不过来，发送变慢，超时后被拒绝。', en: 'The broker cannot keep up: sends slow down and are rejected after a timeout.' },
  remedy: {
    zh: '执行 `mqadmin brokerStatus -n <名字服务> -b <broker>` 查看 sendThreadPoolQueueHeadWaitTimeMills；检查磁盘与 sendMessageThreadPoolNums，超过 waitTimeMillsInSendQueue 的请求会被拒绝。',
    en: 'Run `mqadmin brokerStatus -n <name server> -b <broker>` and check sendThreadPoolQueueHeadWaitTimeMills; check the disk and sendMessageThreadPoolNums: requests that exceed waitTimeMillsInSendQueue are rejected.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'milliseconds',
  threshold: { warningMs: 200 },
  source: 'RocketMQ: waitTimeMillsInSendQueue 200 ms, after which a send is refused (BrokerFastFailure)',

  evaluate({ middlewareRocketmq: { members } }, { warningMs }) {
    return judgeInstances(members, ({ nameServer, sendWaitMs }) => (nameServer === true ? 'other' : told(sendWaitMs, (value) => above(Math.floor(value), { warning: warningMs }))));
  },
});
