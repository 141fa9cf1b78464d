import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlBinlogUnlimited = defineCheck({
  id: 'mysql-binlog-unlimited',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL binlog 永不过期，会写满磁盘', en: 'MySQL binary logs never expire and will fill the disk' },
  why: { zh: '日志会一直累积到磁盘写满，数据库随之停止写入。', en: 'Logs accumulate until the disk is full and the database stops accepting writes.' },
  remedy: {
    zh: '执行 `SHOW BINARY LOGS` 查看总量；设置 binlog_expire_logs_seconds（MariaDB 10.6 前为 expire_logs_days），保留时间不短于备份周期。',
    en: 'Run `SHOW BINARY LOGS` to see the total size; set binlog_expire_logs_seconds (MariaDB before 10.6: expire_logs_days) to no less than the backup interval.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, binlog_expire_logs_seconds: 0 purges nothing, and the logs fill the disk',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ binaryLog, binaryLogExpires }) => {
      if (binaryLog === undefined) return 'silent';
      return binaryLog ? wrongWhen(binaryLogExpires === undefined ? undefined : !binaryLogExpires) : 'other';
    });
  },
});
