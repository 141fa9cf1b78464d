import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlRestartPending = defineCheck({
  id: 'postgresql-restart-pending',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 有参数需要重启才能生效', en: 'PostgreSQL settings pending a restart' },
  why: { zh: '以为已经生效的设置其实没有，下次重启会突然改变行为。', en: 'Settings believed to be in effect are not, and the next restart will change behaviour unexpectedly.' },
  remedy: {
    zh: '执行 `SELECT name FROM pg_settings WHERE pending_restart`；安排维护窗口重启。',
    en: 'Run `SELECT name FROM pg_settings WHERE pending_restart`; schedule a maintenance restart.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'PostgreSQL manual, pg_settings.pending_restart; practice: what was set and does not apply surprises at the next restart',

  evaluate({ middlewarePostgresql: { members } }, { infoCount }) {
    return judgeInstances(members, ({ pendingRestart }) => told(pendingRestart, (count) => above(count, { info: infoCount })));
  },
});
