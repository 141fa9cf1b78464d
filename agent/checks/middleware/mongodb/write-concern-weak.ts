import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mongodbWriteConcernWeak = defineCheck({
  id: 'mongodb-write-concern-weak',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 默认写关注弱于 majority', en: 'MongoDB default write concern weaker than majority' },
  why: { zh: '已告知成功的写入，在主节点故障切换后可能消失。', en: 'Acknowledged writes may be lost after a failover of the primary.' },
  remedy: {
    zh: '执行 `db.adminCommand({getDefaultRWConcern: 1})` 核对；用 setDefaultRWConcern 将默认写关注设为 majority，主节点故障时否则可能回滚已确认的写入。',
    en: 'Run `db.adminCommand({getDefaultRWConcern: 1})` to check; set the default write concern to majority with setDefaultRWConcern, otherwise acknowledged writes may be rolled back when the primary fails.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'value',
  threshold: {},
  source: 'MongoDB manual, "Default MongoDB Read Concerns/Write Concerns": majority; with arbiters the implicit default falls back to one member',

  evaluate({ middlewareMongodb: { members } }) {
    return judgeInstances(members, ({ role, majorityWrites }) => {
      if (role !== 'primary' && role !== 'replica' && role !== 'unknown') return 'other';
      return wrongWhen(majorityWrites === undefined ? undefined : !majorityWrites);
    });
  },
});
