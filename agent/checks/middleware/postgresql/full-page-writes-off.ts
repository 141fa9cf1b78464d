import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlFullPageWritesOff = defineCheck({
  id: 'postgresql-full-page-writes-off',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 关闭了 full_page_writes', en: 'PostgreSQL full_page_writes disabled' },
  why: { zh: '断电时写了一半的页无法修复，数据悄悄损坏。', en: 'Pages half written at a power failure cannot be repaired, and data is silently corrupted.' },
  remedy: {
    zh: '执行 `SHOW full_page_writes` 确认；除非存储保证原子写，否则设为 on 并执行 `SELECT pg_reload_conf()`。',
    en: 'Run `SHOW full_page_writes` to confirm; unless the storage guarantees atomic writes, set it to on and run `SELECT pg_reload_conf()`.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'PostgreSQL manual, full_page_writes: off may corrupt data after a crash',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ fullPageWrites }) => wrongWhen(fullPageWrites === undefined ? undefined : !fullPageWrites));
  },
});
