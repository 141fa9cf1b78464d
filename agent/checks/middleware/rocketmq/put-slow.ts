import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqPutSlow = defineCheck({
  id: 'rocketmq-put-slow',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 写入缓慢', en: 'Slow RocketMQ writes' },
  why: { zh: '发送方等待变长并可能超时，重试又加重负载。', en: 'Producers wait and may time out, and their retries add load.' },
  remedy: {
    zh: '执行 `mqadmin brokerStatus -n <名字服务> -b <broker>` 查看 putMessageDistributeTime；检查磁盘时延、刷盘方式与页缓存压力。',
    en: 'Run `mqadmin brokerStatus -n <name server> -b <broker>` and check putMessageDistributeTime; check disk latency, the flush mode and page cache pressure.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'percent',
  threshold: { warningPercent: 1 },
  source: 'reports-middleware: send latency > 500 ms; practice: one write in a hundred of the last minute',

  evaluate({ middlewareRocketmq: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ nameServer, slowPutPercent }) =>
      nameServer === true ? 'other' : told(slowPutPercent, (value) => above(Math.floor(value), { warning: warningPercent })),
    );
  },
});
