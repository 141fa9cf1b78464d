import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbArbitersMany = defineCheck({
  id: 'mongodb-arbiters-many',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 仲裁节点过多', en: 'Too many MongoDB arbiters' },
  why: {
    zh: '投票者里存数据的太少，故障时可能选出落后的主节点或丢失已确认的写入。',
    en: 'Too few voters hold data: after a failure a stale primary may be elected or acknowledged writes lost.',
  },
  remedy: {
    zh: '执行 `rs.conf()` 核对；一个副本集最多一个仲裁节点，其余改为存数据的成员或移除。',
    en: 'Run `rs.conf()` to check; use at most one arbiter per replica set, and make the others data-bearing or remove them.',
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
