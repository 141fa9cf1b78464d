import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlSlotRetains = defineCheck({
  id: 'postgresql-slot-retains',
  area: 'middleware',
  product: 'postgresql',
  group: 'resources',
  title: { zh: 'PostgreSQL 复制槽保留了大量 WAL', en: 'Excessive WAL retained by PostgreSQL replication slot' },
  why: { zh: '保留的 WAL 会写满磁盘，数据库停止；消费方也已落后很多。', en: 'The retained WAL may fill the disk and stop the database, and the consumer is already far behind.' },
  remedy: {
    zh: '执行 `SELECT slot_name, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots`；处理落后的消费者，并设置 max_slot_wal_keep_size。',
    en: 'Run `SELECT slot_name, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) FROM pg_replication_slots`; fix the lagging consumer, and set max_slot_wal_keep_size.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'bytes',
  threshold: { warningBytes: 10_737_418_240 },
  source: 'PostgreSQL manual, "Replication Slots": they may fill pg_wal; practice: 10 GiB',

  evaluate({ middlewarePostgresql: { members } }, { warningBytes }) {
    return judgeInstances(members, ({ slotRetainedBytes }) => told(slotRetainedBytes, (bytes) => above(bytes, { warning: warningBytes })));
  },
});
