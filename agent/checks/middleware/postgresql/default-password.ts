import { defineCheck } from '../../check.ts';
import { judgeInstances, wasRead, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlDefaultPassword = defineCheck({
  id: 'postgresql-default-password',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 管理员使用默认口令', en: 'PostgreSQL administrator has the default password' },
  why: {
    zh: '默认口令人人知道，能连上的人拥有全部数据和管理权限。',
    en: 'Everybody knows it: whoever connects has all data and all rights.',
  },
  remedy: {
    zh: '从巡检所在主机执行 `psql -h <地址> -U postgres` 并输入 postgres 确认；执行 `ALTER ROLE postgres PASSWORD` 设置新口令，或在 pg_hba.conf 中不允许其远程登录。',
    en: 'Run `psql -h <address> -U postgres` from where the inspection runs, with the password postgres; give it another by `ALTER ROLE postgres PASSWORD`, or keep it from signing in over the network in pg_hba.conf.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'practice: postgres/postgres is what tutorials and images set; tried only when declared',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ defaultPassword, reach }) => (defaultPassword === undefined && wasRead(reach) ? 'other' : wrongWhen(defaultPassword)));
  },
});
