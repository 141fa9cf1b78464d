import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlFsyncOff = defineCheck({
  id: 'postgresql-fsync-off',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 关闭了 fsync，断电会损坏数据', en: 'PostgreSQL fsync off: power loss corrupts data' },
  why: { zh: '一次断电或崩溃就可能让整个库无法启动。', en: 'A single power failure or crash may leave the whole database unable to start.' },
  remedy: {
    zh: '执行 `SHOW fsync` 确认；在配置文件设为 on 并执行 `SELECT pg_reload_conf()`，随后做一次完整备份。',
    en: 'Run `SHOW fsync` to confirm; set it to on in the configuration file, run `SELECT pg_reload_conf()`, then take a full backup.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'PostgreSQL manual, fsync: off may corrupt data after a crash',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ fsync }) => wrongWhen(fsync === undefined ? undefined : !fsync));
  },
});
