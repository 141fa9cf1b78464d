import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const nacosDatabaseErrors = defineCheck({
  id: 'nacos-database-errors',
  area: 'middleware',
  product: 'nacos',
  group: 'load',
  title: { zh: 'Nacos 数据库异常', en: 'Nacos database errors' },
  why: {
    zh: '配置可能读不到、存不下，依赖它的服务启动或变更会失败。',
    en: 'Configurations may be unreadable or impossible to save, and dependent services fail to start or change.',
  },
  remedy: {
    zh: '查看 config-fatal.log 与 nacos.log 中的数据库异常；检查 MySQL 的可用性、连接数与口令。',
    en: 'Check config-fatal.log and nacos.log for database exceptions; check the availability of MySQL, its connections and the password.',
  },
  severity: 'critical',
  reads: ['middlewareNacos'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'Nacos documentation, "Monitor": nacos_exception_total{name="db"}; practice: any in a day',

  evaluate({ middlewareNacos: { members } }, { criticalCount }) {
    return judgeInstances(members, ({ databaseErrors, uptimeSeconds, recentDatabaseErrors, recentSeconds }) =>
      told(perDay(databaseErrors, uptimeSeconds, recentDatabaseErrors, recentSeconds), (count) => above(count, { critical: criticalCount })),
    );
  },
});
