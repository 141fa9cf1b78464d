import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlSlowLogOff = defineCheck({
  id: 'mysql-slow-log-off',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 未开启慢查询日志', en: 'MySQL slow query log disabled' },
  why: { zh: '变慢时找不到是哪些语句，只能靠猜。', en: 'When the database slows down, nobody can tell which statements are to blame.' },
  remedy: {
    zh: '执行 `SELECT @@slow_query_log, @@long_query_time`；执行 `SET GLOBAL slow_query_log=ON` 并写入配置文件，同时安排日志轮转。',
    en: 'Run `SELECT @@slow_query_log, @@long_query_time`; run `SET GLOBAL slow_query_log=ON`, add it to the configuration file and set up log rotation.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'practice: without it a slow statement cannot be named afterwards',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ slowLog }) => wrongWhen(slowLog === undefined ? undefined : !slowLog));
  },
});
