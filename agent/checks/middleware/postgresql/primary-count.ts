import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const postgresqlPrimaryCount = defineCheck({
  id: 'postgresql-primary-count',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 主库数量不符合部署模式', en: 'Unexpected number of PostgreSQL primaries' },
  why: { zh: '没有主库则业务不能写；多个可写主库会使数据分叉。', en: 'Without a primary, nothing can be written; with several, the data diverges.' },
  remedy: {
    zh: '在各成员执行 `SELECT pg_is_in_recovery()`；出现两个主库时先停止写入再确认以哪个为准，没有主库时检查 Patroni、repmgr 或运算符。',
    en: 'Run `SELECT pg_is_in_recovery()` on each member; if there are two primaries, stop writes before deciding which one is authoritative; if there is none, check Patroni, repmgr or the operator.',
  },
  severity: 'critical',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { replicatedCount: 1 },
  source: 'PostgreSQL manual, pg_is_in_recovery: false on the primary; practice: one primary, two of them take diverging writes',

  evaluate({ middlewarePostgresql: { rows } }, { replicatedCount }) {
    return judgeInstances(rows, ({ mode, reach, primaries }) => {
      if (mode !== 'primary-replica') return mode === 'unknown' ? 'silent' : 'other';
      if (primaries === undefined || (reach !== 'ok' && primaries <= replicatedCount)) return 'silent'; // the primary may be the member that did not answer
      return primaries === replicatedCount ? [] : [{ observed: primaries, threshold: replicatedCount }];
    });
  },
});
