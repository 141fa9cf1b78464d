import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlGroupPrimaryCount = defineCheck({
  id: 'mysql-group-primary-count',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 组复制的主成员数量异常', en: 'Wrong number of MySQL group replication primaries' },
  why: { zh: '没有主成员就不能写；单主模式下多于一个会造成数据冲突。', en: 'With no primary, nothing can be written; with several in single-primary mode, data conflicts arise.' },
  remedy: {
    zh: '执行 `SELECT MEMBER_HOST, MEMBER_ROLE FROM performance_schema.replication_group_members`；没有 PRIMARY 表示组失去多数派，需先恢复成员，再考虑 group_replication_force_members。',
    en: 'Run `SELECT MEMBER_HOST, MEMBER_ROLE FROM performance_schema.replication_group_members`; no PRIMARY means that the group has lost its majority: restore members before considering group_replication_force_members.',
  },
  severity: 'critical',
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { primaryCount: 1 },
  source: 'DaoCloud documentation, MySQL MGR: one PRIMARY in single-primary mode',

  evaluate({ middlewareMysql: { rows } }, { primaryCount }) {
    return judgeInstances(rows, ({ mode, groupMembers, groupPrimaries }) => {
      if (mode !== 'group-replication' || groupMembers === undefined) return 'other';
      return told(groupPrimaries, (primaries) => (primaries === primaryCount ? [] : [{ observed: primaries, threshold: primaryCount }]));
    });
  },
});
