import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const mysqlGroupQueueLong = defineCheck({
  id: 'mysql-group-queue-long',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 组复制积压事务', en: 'MySQL group replication transaction backlog' },
  why: { zh: '成员跟不上，读到旧数据，流控会拖慢整个组的写入。', en: 'Members cannot keep up: reads are stale, and flow control slows writes in the whole group.' },
  remedy: {
    zh: '执行 `SELECT COUNT_TRANSACTIONS_IN_QUEUE FROM performance_schema.replication_group_member_stats` 看是否继续增长；检查该成员的磁盘与流控设置。',
    en: "Run `SELECT COUNT_TRANSACTIONS_IN_QUEUE FROM performance_schema.replication_group_member_stats` and see whether it keeps growing; check the member's disk and the flow control settings.",
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { warningCount: 1000 },
  source: 'MySQL manual, COUNT_TRANSACTIONS_IN_QUEUE; practice: 1000, well before flow control slows the writers (25 000 by default)',

  evaluate({ middlewareMysql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ groupQueue }) => (groupQueue === undefined ? 'other' : above(groupQueue, { warning: warningCount })));
  },
});
