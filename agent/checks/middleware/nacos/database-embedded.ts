import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const nacosDatabaseEmbedded = defineCheck({
  id: 'nacos-database-embedded',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 集群使用内嵌数据库', en: 'Nacos cluster uses the embedded database' },
  why: {
    zh: '各成员数据同步依赖内嵌库，恢复和备份困难，官方不建议生产集群使用。',
    en: 'Data sync depends on it, recovery and backup are difficult, and Nacos advises against it for production clusters.',
  },
  remedy: {
    zh: '在成员上执行 `grep -E "spring.(datasource|sql.init).platform" conf/application.properties`；生产集群改用外部 MySQL（主从），并迁移已有配置。',
    en: 'Run `grep -E "spring.(datasource|sql.init).platform" conf/application.properties` on a member; for a production cluster, use an external MySQL (with a replica) and migrate the existing configuration.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'Nacos documentation, "Cluster deployment": MySQL in production; Derby in a cluster is hard to back up and to repair',

  evaluate({ middlewareNacos: { rows } }) {
    return judgeInstances(rows, ({ mode, database }) =>
      mode === 'standalone' ? 'other' : database === undefined ? 'silent' : database === 'derby' ? [{ observed: database }] : [],
    );
  },
});
