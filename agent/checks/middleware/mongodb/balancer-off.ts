import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbBalancerOff = defineCheck({
  id: 'mongodb-balancer-off',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 均衡器已关闭', en: 'MongoDB balancer disabled' },
  why: { zh: '数据不再均匀分布，某个分片会先写满、先变慢。', en: 'Data is no longer evenly distributed, so one shard fills up and slows down first.' },
  remedy: {
    zh: '执行 `sh.getBalancerState()` 核对；维护结束后执行 `sh.startBalancer()`。',
    en: 'Run `sh.getBalancerState()` to check; run `sh.startBalancer()` when maintenance is over.',
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'value',
  threshold: {},
  source: 'MongoDB manual, "Manage Sharded Cluster Balancer": to be switched on again after backups and maintenance',

  evaluate({ middlewareMongodb: { rows } }) {
    return judgeInstances(rows, ({ mode, shards, balancer }) => {
      if (mode !== 'sharded' || (shards !== undefined && shards < 2)) return 'other';
      return told(balancer, (word) => (word === 'off' ? [{}] : []));
    });
  },
});
