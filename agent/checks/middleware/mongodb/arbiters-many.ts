import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbArbitersMany = defineCheck({
  id: 'mongodb-arbiters-many',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 仲裁节点过多', en: 'MongoDB replica set with several arbiters' },
  why: { zh: '投票者里存数据的太少，故障时可能选出落后的主节点或丢失已确认的写入。', en: 'Too few voters hold data: after a failure acknowledged writes may be lost.' },
  remedy: {
    zh: '执行 `rs.conf()` 核对；一个副本集最多一个仲裁节点，其余改为存数据的成员或移除。',
    en: 'Run `rs.conf()`; have one arbiter in a set at the most, and let the others hold data or go.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { warningCount: 2 },
  source: 'MongoDB manual, "Replica Set Arbiter": no more than one in a set',

  evaluate({ middlewareMongodb: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ mode, arbiters }) => (mode === 'standalone' ? 'other' : told(arbiters, (count) => above(count, { warning: warningCount }))));
  },
});
