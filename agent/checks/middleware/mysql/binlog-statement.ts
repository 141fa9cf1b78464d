import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlBinlogStatement = defineCheck({
  id: 'mysql-binlog-statement',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL binlog 按语句记录，主从数据可能不一致', en: 'Statement-based MySQL binlog: replicas may diverge' },
  why: {
    zh: '含随机或时间函数的语句在从库结果不同，切换后数据是错的。',
    en: 'Statements with random or time functions give different results on replicas, so data is wrong after a failover.',
  },
  remedy: {
    zh: '执行 `SELECT @@binlog_format` 确认；确认下游消费者支持后设为 ROW。',
    en: 'Run `SELECT @@binlog_format` to confirm; set it to ROW once you have confirmed that downstream consumers support it.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual: statements that are unsafe for replication. MIXED, the default of MariaDB, is accepted',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ binaryLog, binaryLogFormat }) => {
      if (binaryLog === false) return 'other';
      return wrongWhen(binaryLogFormat === undefined ? undefined : binaryLogFormat === 'STATEMENT');
    });
  },
});
