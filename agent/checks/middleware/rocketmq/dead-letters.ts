import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqDeadLetters = defineCheck({
  id: 'rocketmq-dead-letters',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 存在死信', en: 'RocketMQ dead-letter messages' },
  why: { zh: '这些消息多次处理失败后被搁置，对应的业务没有完成。', en: 'They were set aside after repeated processing failures, and the related business was not completed.' },
  remedy: {
    zh: '执行 `mqadmin topicList -n <名字服务>` 查看 %DLQ% 主题，并用 `mqadmin topicStatus` 查看条数；处理后重投或清理，并修正消费逻辑。',
    en: 'Run `mqadmin topicList -n <name server>` to find %DLQ% topics and `mqadmin topicStatus` to count the messages; resend or remove them once handled, and fix the consumer logic.',
  },
  severity: 'info',
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'RocketMQ documentation, "Dead letter queue": messages that failed all retries, nobody reads them by itself',

  evaluate({ middlewareRocketmq: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ nameServers, deadLetterTopics }) => (nameServers === 0 ? 'other' : told(deadLetterTopics, (count) => above(count, { info: infoCount }))));
  },
});
