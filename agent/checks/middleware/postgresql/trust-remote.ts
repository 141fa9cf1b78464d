import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlTrustRemote = defineCheck({
  id: 'postgresql-trust-remote',
  area: 'middleware',
  product: 'postgresql',
  group: 'configuration',
  title: { zh: 'PostgreSQL 允许远程地址免口令登录', en: 'Passwordless remote login allowed by PostgreSQL' },
  why: { zh: '这些地址上的任何人都能以任意用户登录，包括超级用户。', en: 'Anyone at those addresses can log in as any user, including superusers.' },
  remedy: {
    zh: "执行 `SELECT line_number, address, user_name FROM pg_hba_file_rules WHERE auth_method='trust'`；改为 scram-sha-256 后执行 `SELECT pg_reload_conf()`。",
    en: "Run `SELECT line_number, address, user_name FROM pg_hba_file_rules WHERE auth_method='trust'`; change the method to scram-sha-256, then run `SELECT pg_reload_conf()`.",
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
