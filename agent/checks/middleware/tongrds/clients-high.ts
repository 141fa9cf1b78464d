import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongrdsClientsHigh = defineCheck({
  id: 'tongrds-clients-high',
  area: 'middleware',
  product: 'tongrds',
  group: 'load',
  title: { zh: 'TongRDS 连接使用率高', en: 'High TongRDS connection usage' },
  why: { zh: '用完后新连接被拒绝，应用报错。', en: 'Once connections are exhausted, new ones are refused and applications fail.' },
  remedy: {
    zh: '执行 `redis-cli -p 6200 INFO` 查看 connected_ratio；找出连接最多的应用，关闭空闲连接，或调高最大连接数。',
    en: 'Run `redis-cli -p 6200 INFO` and check connected_ratio; find the application with the most connections, close idle connections, or raise the maximum number of connections.',
  },
  severity: 'warning',
  reads: ['middlewareTongrds'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'TongRDS manual V2.2, INFO connected_ratio; practice: 80 % / 90 %',

  evaluate({ middlewareTongrds: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ clientsPercent }) => told(clientsPercent, (percent) => above(Math.round(percent), { warning: warningPercent, critical: criticalPercent })));
  },
});
