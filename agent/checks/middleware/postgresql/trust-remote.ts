import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlTrustRemote = defineCheck({
  id: 'postgresql-trust-remote',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 允许远程地址免口令登录', en: 'PostgreSQL lets remote addresses in without a password' },
  why: { zh: '这些地址上的任何人都能以任意用户登录，包括超级用户。', en: 'Anybody at those addresses may sign in as any user, superusers included.' },
  remedy: {
    zh: "执行 `SELECT line_number, address, user_name FROM pg_hba_file_rules WHERE auth_method='trust'`；改为 scram-sha-256 后执行 `SELECT pg_reload_conf()`。",
    en: "Run `SELECT line_number, address, user_name FROM pg_hba_file_rules WHERE auth_method='trust'`; make it scram-sha-256 and `SELECT pg_reload_conf()`.",
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: {},
  source: 'PostgreSQL manual, "Trust Authentication"; CIS PostgreSQL Benchmark, pg_hba.conf',

  evaluate({ middlewarePostgresql: { members } }) {
    return judgeInstances(members, ({ trustedRules }) => told(trustedRules, (count) => (count > 0 ? [{ observed: count }] : [])));
  },
});
