import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mysqlBinlogOff = defineCheck({
  id: 'mysql-binlog-off',
  area: 'middleware',
  product: 'mysql',
  group: 'configuration',
  title: { zh: 'MySQL 未开启 binlog，无法按时间点恢复', en: 'MySQL binary log disabled: no point-in-time recovery' },
  why: {
    zh: '误删或损坏后只能回到最近一次全备，之后的数据全部丢失；也无法做主从。',
    en: 'After accidental deletion or corruption only the last full backup can be restored, and all later data is lost; replication is also impossible.',
  },
  remedy: {
    zh: '执行 `SELECT @@log_bin` 确认；在配置文件设置 log_bin 与 server_id 并安排重启，同时设置过期时间。',
    en: 'Run `SELECT @@log_bin` to confirm; set log_bin and server_id in the configuration file, schedule a restart and set log expiry.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMysql'],
  unit: 'value',
  threshold: {},
  source: 'MySQL manual, "The Binary Log": replication and recovery to a point in time need it',

  evaluate({ middlewareMysql: { members } }) {
    return judgeInstances(members, ({ role, binaryLog }) => (role === 'replica' ? 'other' : wrongWhen(binaryLog === undefined ? undefined : !binaryLog)));
  },
});
