import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaLogDirOffline = defineCheck({
  id: 'kafka-log-dir-offline',
  area: 'middleware',
  product: 'kafka',
  group: 'resources',
  title: { zh: 'Kafka 日志目录离线', en: 'Kafka log directory offline' },
  why: { zh: '该磁盘上的分区副本已失效，冗余减少，可能有分区不可用。', en: 'The replicas on that disk have failed: redundancy is reduced, and partitions may be unavailable.' },
  remedy: {
    zh: '执行 `kafka-log-dirs.sh --bootstrap-server <broker> --describe` 查看带 error 的目录；检查该磁盘与文件系统，更换后重启 broker。',
    en: 'Run `kafka-log-dirs.sh --bootstrap-server <broker> --describe` to find directories with an error; check the disk and file system, replace the disk and restart the broker.',
  },
  severity: 'critical',
  reads: ['middlewareKafka'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'Apache Kafka documentation, "Monitoring": OfflineLogDirectoryCount is 0',

  evaluate({ middlewareKafka: { members } }, { criticalCount }) {
    return judgeInstances(members, ({ role, logDirsOffline }) => (role === 'controller' ? 'other' : told(logDirsOffline, (count) => above(count, { critical: criticalCount }))));
  },
});
