import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbShardDraining = defineCheck({
  id: 'mongodb-shard-draining',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 分片正在移除', en: 'MongoDB shard removal in progress' },
  why: { zh: '迁移期间负载升高；若停滞，数据会长期半搬半留。', en: 'Load is higher during the migration; if it stalls, data stays half moved.' },
  remedy: {
    zh: '执行 `db.adminCommand({removeShard: "<分片>"})` 查看剩余块数；迁移主库（movePrimary）后完成移除。',
    en: 'Run `db.adminCommand({removeShard: "<shard>"})` to see how many chunks remain; move its primary databases (movePrimary) to complete the removal.',
  },
  severity: 'info',
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'MongoDB manual, "Remove Shards from a Sharded Cluster": a removal that is not finished keeps a shard draining',

  evaluate({ middlewareMongodb: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ mode, drainingShards }) => (mode === 'sharded' ? told(drainingShards, (count) => above(count, { info: infoCount })) : 'other'));
  },
});
