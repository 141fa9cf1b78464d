import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const kafkaLogDirFull = defineCheck({
  id: 'kafka-log-dir-full',
  area: 'middleware',
  product: 'kafka',
  group: 'resources',
  title: { zh: 'Kafka 日志目录所在磁盘使用率过高', en: 'Kafka log directory disk nearly full' },
  why: { zh: '写满后 broker 会停止，其上分区不可用。', en: 'When it is full, the broker stops and its partitions become unavailable.' },
  remedy: {
    zh: '在 broker 上执行 `df -h <log.dirs>` 与 `kafka-log-dirs.sh --describe`；缩短保留时间、清理或迁移分区、扩容磁盘。写满的目录会使 broker 停止。',
    en: 'Run `df -h <log.dirs>` on the broker and `kafka-log-dirs.sh --describe`; shorten retention, clean up or move partitions, or add disk space. A full directory stops the broker.',
  },
  severity: 'warning',
  reads: ['middlewareKafka'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'practice, as for file systems: 80 % and 90 %; a broker whose log directory fills up shuts down. Told since Kafka 3.3 (KIP-827)',

  evaluate({ middlewareKafka: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ role, logDirUsedPercent }) =>
      role === 'controller' ? 'other' : told(logDirUsedPercent, (percent) => above(Math.floor(percent), { warning: warningPercent, critical: criticalPercent })),
    );
  },
});
