import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlPrimaryKeyMissing = defineCheck({
  id: 'mysql-primary-key-missing',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 存在没有主键的表', en: 'MySQL tables without a primary key' },
  why: {
    zh: '复制按行查找要全表扫描，从库会长时间落后；组复制也不允许。',
    en: 'Replicas scan the whole table for each row and fall far behind; group replication does not allow such tables.',
  },
  remedy: {
    zh: '在 information_schema.TABLES 与 STATISTICS 中查出没有 PRIMARY 索引的表；与应用方确认后补充主键。',
    en: 'Find tables without a PRIMARY index in information_schema.TABLES and STATISTICS; add primary keys in agreement with the application owners.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'MySQL manual, "Group Replication Requirements": primary keys; row-based replicas scan without them',

  evaluate({ middlewareMysql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ tablesWithoutPrimaryKey }) => told(tablesWithoutPrimaryKey, (count) => above(count, { warning: warningCount })));
  },
});
