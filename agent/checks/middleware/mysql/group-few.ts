import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlGroupFew = defineCheck({
  id: 'mysql-group-few',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 组复制成员过少，无法容忍故障', en: 'MySQL group too small to tolerate a failure' },
  why: { zh: '坏一个成员就失去多数，整个组停止写入。', en: 'If one member fails, the majority is lost and the whole group stops accepting writes.' },
  remedy: {
    zh: "执行 `SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE MEMBER_STATE='ONLINE'`；恢复或增加成员，使 ONLINE 成员不少于三个。",
    en: "Run `SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE MEMBER_STATE='ONLINE'`; restore or add members until at least three are ONLINE.",
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { leastCount: 3 },
  source: 'MySQL Shell cluster.status(): OK_NO_TOLERANCE below three; DaoCloud documentation, MySQL MGR',

  evaluate({ middlewareMysql: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ groupMembers, groupOnline }) =>
      groupMembers === undefined ? 'other' : told(groupOnline, (online) => (online < leastCount ? [{ observed: online, threshold: leastCount }] : [])),
    );
  },
});
