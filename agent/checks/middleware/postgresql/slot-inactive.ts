import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlSlotInactive = defineCheck({
  id: 'postgresql-slot-inactive',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 存在未使用的复制槽', en: 'Inactive PostgreSQL replication slot' },
  why: { zh: '主库为它一直保留 WAL，磁盘终会写满，数据库停止。', en: 'The primary keeps WAL for it indefinitely; the disk eventually fills up and the database stops.' },
  remedy: {
    zh: '执行 `SELECT slot_name, active, restart_lsn FROM pg_replication_slots`；恢复对应的消费者，确认不再需要后执行 pg_drop_replication_slot。',
    en: 'Run `SELECT slot_name, active, restart_lsn FROM pg_replication_slots`; restore the consumer of the slot, or drop it with pg_drop_replication_slot once you are sure it is no longer needed.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'awesome-prometheus-alerts (PostgreSQL): PostgresqlUnusedReplicationSlot: it keeps WAL until the disk is full',

  evaluate({ middlewarePostgresql: { members } }, { warningCount }) {
    return judgeInstances(members, ({ inactiveSlots }) => told(inactiveSlots, (count) => above(count, { warning: warningCount })));
  },
});
