import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, wasRead } from '../../middleware-rows.ts';

export const middlewareRightsMissing = defineCheck({
  id: 'middleware-rights-missing',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '巡检账号缺少部分只读权限', en: 'Inspection account lacks some read-only privileges' },
  why: { zh: '这部分没有检查到，可能藏着没人看见的问题。', en: 'That part was not inspected and may hide unnoticed problems.' },
  remedy: {
    zh: '为巡检账号补充只读权限：MySQL `GRANT PROCESS, REPLICATION CLIENT, REFERENCES ON *.*`（MariaDB 10.5 起 `GRANT PROCESS, SLAVE MONITOR, REFERENCES ON *.*`）；PostgreSQL `GRANT pg_monitor` 与 pg_hba_file_rules；Redis `+info +config|get +cluster|info +slowlog|len`；RabbitMQ 标签 monitoring；MongoDB 角色 clusterMonitor；Elasticsearch 集群权限 monitor；Kafka `Describe`、`DescribeConfigs`。在此之前相关检查为“未知”。',
    en: 'Grant the inspection account read-only privileges: MySQL `GRANT PROCESS, REPLICATION CLIENT, REFERENCES ON *.*` (MariaDB 10.5 and later `GRANT PROCESS, SLAVE MONITOR, REFERENCES ON *.*`); PostgreSQL `GRANT pg_monitor` and pg_hba_file_rules; Redis `+info +config|get +cluster|info +slowlog|len`; RabbitMQ tag monitoring; MongoDB role clusterMonitor; Elasticsearch cluster privilege monitor; Kafka `Describe`, `DescribeConfigs`. Until then, the affected checks report unknown.',
  },
  severity: 'info',
  setup: true,
  reads: ['middleware'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'practice: unknown checks need a way out',

  evaluate({ middleware: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ denied, reach }) => {
      if (reach === 'files-only') return 'other';
      return denied === 0 && !wasRead(reach) ? 'silent' : above(denied, { info: infoCount });
    });
  },
});
