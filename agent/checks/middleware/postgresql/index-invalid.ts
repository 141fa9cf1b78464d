import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlIndexInvalid = defineCheck({
  id: 'postgresql-index-invalid',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 存在无效索引', en: 'Invalid PostgreSQL index' },
  why: {
    zh: '查询用不上它却仍要维护，写入变慢；唯一约束也可能没有生效。',
    en: 'Queries cannot use it but writes must still maintain it, and a unique constraint may not be enforced.',
  },
  remedy: {
    zh: '执行 `SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid`；确认没有正在进行的 CREATE INDEX CONCURRENTLY 后执行 REINDEX 或删除。',
    en: 'Run `SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid`; make sure no CREATE INDEX CONCURRENTLY is in progress, then REINDEX or drop the index.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'awesome-prometheus-alerts (PostgreSQL): PostgresqlInvalidIndex',

  evaluate({ middlewarePostgresql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ invalidIndexes }) => told(invalidIndexes, (count) => above(count, { warning: warningCount })));
  },
});
