import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlGroupMemberOffline = defineCheck({
  id: 'mysql-group-member-offline',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 组复制成员未处于 ONLINE', en: 'MySQL group replication member not ONLINE' },
  why: { zh: '冗余减少，再坏一个可能失去多数而停止写入。', en: 'Redundancy is reduced, and another failure may lose the majority and stop writes.' },
  remedy: {
    zh: '执行 `SELECT MEMBER_HOST, MEMBER_STATE FROM performance_schema.replication_group_members` 找出成员；查看该成员错误日志，恢复后执行 `START GROUP_REPLICATION`。',
    en: 'Run `SELECT MEMBER_HOST, MEMBER_STATE FROM performance_schema.replication_group_members` to find the member; read its error log, and run `START GROUP_REPLICATION` once the fault is fixed.',
  },
  severity: 'critical',
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: {},
  source: 'DaoCloud documentation, MySQL MGR: every member ONLINE',

  evaluate({ middlewareMysql: { rows } }) {
    return judgeInstances(rows, ({ groupMembers, groupOnline }) => {
      if (groupMembers === undefined) return 'other';
      return told(groupOnline, (online) => (online < groupMembers ? [{ observed: online, threshold: groupMembers }] : []));
    });
  },
});
