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
    en: 'Replicas search the whole table for each row and fall far behind; group replication refuses such tables.',
  },
  remedy: {
    zh: '在 information_schema.TABLES 与 STATISTICS 中查出没有 PRIMARY 索引的表；与应用方确认后补充主键。',
    en: 'Find tables without an index PRIMARY in information_schema.TABLES and STATISTICS; add keys together with the owners of the application.',
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
