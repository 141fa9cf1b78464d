import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const postgresqlPasswordMd5 = defineCheck({
  id: 'postgresql-password-md5',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 以 MD5 保存口令', en: 'PostgreSQL passwords stored as MD5' },
  why: {
    zh: 'MD5 摘要泄露后可直接用于登录或被快速破解，新版本已弃用。',
    en: 'A leaked MD5 hash can be used directly to log in or can be cracked quickly; newer releases deprecate it.',
  },
  remedy: {
    zh: '执行 `SHOW password_encryption` 确认；设为 scram-sha-256，重设各账号口令后将 pg_hba.conf 中的 md5 改为 scram-sha-256。',
    en: 'Run `SHOW password_encryption`; set it to scram-sha-256, reset the password of each account, then change md5 to scram-sha-256 in pg_hba.conf.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'value',
  threshold: {},
  source: 'PostgreSQL manual, "Password Authentication": scram-sha-256, md5 is deprecated',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ scram }) => wrongWhen(scram === undefined ? undefined : !scram));
  },
});
