import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaLogDirOffline = defineCheck({
  id: 'kafka-log-dir-offline',
  area: 'middleware',
  product: 'kafka',
  group: 'resources',
  title: { zh: 'Kafka 日志目录离线', en: 'Kafka log directory offline' },
  why: { zh: '该磁盘上的分区副本已失效，冗余减少，可能有分区不可用。', en: 'Replicas on that disk are gone: redundancy is less, and partitions may be down.' },
  remedy: {
    zh: '执行 `kafka-log-dirs.sh --bootstrap-server <broker> --describe` 查看带 error 的目录；检查该磁盘与文件系统，更换后重启 broker。',
    en: 'Run `kafka-log-dirs.sh --bootstrap-server <broker> --describe` for the directory with an error; look at that disk and file system, replace it and restart the broker.',
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
