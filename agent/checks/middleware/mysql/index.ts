import type { Check } from '../../check.ts';
import { mysqlAutoIncrementNearMax } from './auto-increment-near-max.ts';
import { mysqlBinlogOff } from './binlog-off.ts';
import { mysqlBinlogPurged } from './binlog-purged.ts';
import { mysqlBinlogStatement } from './binlog-statement.ts';
import { mysqlBinlogUnlimited } from './binlog-unlimited.ts';
import { mysqlBufferPoolMiss } from './buffer-pool-miss.ts';
import { mysqlCharsetNarrow } from './charset-narrow.ts';
import { mysqlConnectionsHigh } from './connections-high.ts';
import { mysqlConnectionsRefused } from './connections-refused.ts';
import { mysqlDefaultPassword } from './default-password.ts';
import { mysqlDurabilityRelaxed } from './durability-relaxed.ts';
import { mysqlForceRecovery } from './force-recovery.ts';
import { mysqlGaleraUnsynced } from './galera-unsynced.ts';
import { mysqlGroupFew } from './group-few.ts';
import { mysqlGroupMemberOffline } from './group-member-offline.ts';
import { mysqlGroupPrimaryCount } from './group-primary-count.ts';
import { mysqlGroupQueueLong } from './group-queue-long.ts';
import { mysqlGtidOff } from './gtid-off.ts';
import { mysqlHistoryListLong } from './history-list-long.ts';
import { mysqlLocalInfileOn } from './local-infile-on.ts';
import { mysqlLogWaits } from './log-waits.ts';
import { mysqlMyisamUsed } from './myisam-used.ts';
import { mysqlOpenFilesHigh } from './open-files-high.ts';
import { mysqlPasswordMissing } from './password-missing.ts';
import { mysqlPrimaryCount } from './primary-count.ts';
import { mysqlPrimaryKeyMissing } from './primary-key-missing.ts';
import { mysqlReplicaWritable } from './replica-writable.ts';
import { mysqlReplicationLag } from './replication-lag.ts';
import { mysqlReplicationStopped } from './replication-stopped.ts';
import { mysqlSlowLogOff } from './slow-log-off.ts';
import { mysqlThreadsRunningHigh } from './threads-running-high.ts';
import { mysqlTransactionLong } from './transaction-long.ts';

export const MYSQL_CHECKS: readonly Check[] = [
  mysqlAutoIncrementNearMax,
  mysqlBinlogOff,
  mysqlBinlogPurged,
  mysqlBinlogStatement,
  mysqlBinlogUnlimited,
  mysqlBufferPoolMiss,
  mysqlCharsetNarrow,
  mysqlConnectionsHigh,
  mysqlConnectionsRefused,
  mysqlDurabilityRelaxed,
  mysqlForceRecovery,
  mysqlGaleraUnsynced,
  mysqlGroupFew,
  mysqlGroupMemberOffline,
  mysqlGroupPrimaryCount,
  mysqlGroupQueueLong,
  mysqlGtidOff,
  mysqlHistoryListLong,
  mysqlLogWaits,
  mysqlMyisamUsed,
  mysqlOpenFilesHigh,
  mysqlPrimaryCount,
  mysqlPrimaryKeyMissing,
  mysqlReplicaWritable,
  mysqlReplicationLag,
  mysqlReplicationStopped,
  mysqlSlowLogOff,
  mysqlThreadsRunningHigh,
  mysqlTransactionLong,
  mysqlLocalInfileOn,
  mysqlPasswordMissing,
  mysqlDefaultPassword,
];
