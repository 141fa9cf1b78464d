import { defineCheck } from '../../check.ts';
import { judgeInstances, wasRead, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlDefaultPassword = defineCheck({
  id: 'postgresql-default-password',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 管理员使用默认口令', en: 'Default password on PostgreSQL administrator account' },
  why: {
    zh: '默认口令人人知道，能连上的人拥有全部数据和管理权限。',
    en: 'It is public knowledge: anyone who can connect gets all data and administrative rights.',
  },
  remedy: {
    zh: '从巡检所在主机执行 `psql -h <地址> -U postgres` 并输入 postgres 确认；执行 `ALTER ROLE postgres PASSWORD` 设置新口令，或在 pg_hba.conf 中不允许其远程登录。',
    en: 'Run `psql -h <address> -U postgres` from the host that runs the inspection and enter the password postgres; set a new password with `ALTER ROLE postgres PASSWORD`, or deny this account remote login in pg_hba.conf.',
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
