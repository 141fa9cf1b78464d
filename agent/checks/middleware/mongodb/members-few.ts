import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbMembersFew = defineCheck({
  id: 'mongodb-members-few',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 存数据的成员过少', en: 'Too few data-bearing MongoDB members' },
  why: { zh: '坏一个成员就没有第二份数据，或选不出主节点。', en: 'If one fails, there is no second copy of the data, or no primary can be elected.' },
  remedy: {
    zh: '执行 `rs.conf()` 核对；使用三个存数据的成员，两个成员加仲裁节点在一个成员离线时无法确认 majority 写入。',
    en: 'Run `rs.conf()` to check; use three data-bearing members, because two plus an arbiter cannot acknowledge majority writes when one is down.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'count',
  threshold: { warningCount: 2 },
  source: 'MongoDB manual, "Replica Set Deployment Architectures": three members that hold data',

  evaluate({ middlewareMongodb: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ mode, dataMembers }) => (mode === 'standalone' ? 'other' : told(dataMembers, (count) => below(count, { warning: warningCount }))));
  },
});
