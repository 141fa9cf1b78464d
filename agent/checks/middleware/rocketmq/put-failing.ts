import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const rocketmqPutFailing = defineCheck({
  id: 'rocketmq-put-failing',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 写入失败', en: 'RocketMQ write failures' },
  why: { zh: '消息没有存下来，生产者若不重试就丢失。', en: 'The messages were not stored, and are lost unless the producer retries.' },
  remedy: {
    zh: '执行 `mqadmin brokerStatus -n <名字服务> -b <broker>` 查看 putMessageFailedTimes，并检查 store.log 与磁盘空间。',
    en: 'Run `mqadmin brokerStatus -n <name server> -b <broker>` and check putMessageFailedTimes; check store.log and the free disk space.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'RocketMQ: StoreStatsService putMessageFailedTimes; practice: any in a day, since the inspection before, else since the start',

  evaluate({ middlewareRocketmq: { members } }, { warningCount }) {
    return judgeInstances(members, ({ nameServer, putFailures, uptimeSeconds, recentPutFailures, recentSeconds }) =>
      nameServer === true ? 'other' : told(perDay(putFailures, uptimeSeconds, recentPutFailures, recentSeconds), (count) => above(count, { warning: warningCount })),
    );
  },
});
