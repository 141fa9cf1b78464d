import type { Check } from '../../check.ts';
import { postgresqlArchiveFailing } from './archive-failing.ts';
import { postgresqlArchiveOff } from './archive-off.ts';
import { postgresqlAutovacuumOff } from './autovacuum-off.ts';
import { postgresqlCacheMiss } from './cache-miss.ts';
import { postgresqlChecksumFailed } from './checksum-failed.ts';
import { postgresqlConnectionsHigh } from './connections-high.ts';
import { postgresqlDeadRowsHigh } from './dead-rows-high.ts';
import { postgresqlDeadlocks } from './deadlocks.ts';
import { postgresqlDefaultPassword } from './default-password.ts';
import { postgresqlFsyncOff } from './fsync-off.ts';
import { postgresqlFullPageWritesOff } from './full-page-writes-off.ts';
import { postgresqlIdleInTransaction } from './idle-in-transaction.ts';
import { postgresqlIndexInvalid } from './index-invalid.ts';
import { postgresqlPasswordMd5 } from './password-md5.ts';
import { postgresqlPreparedForgotten } from './prepared-forgotten.ts';
import { postgresqlPrimaryCount } from './primary-count.ts';
import { postgresqlReplicaNotReceiving } from './replica-not-receiving.ts';
import { postgresqlReplicationLag } from './replication-lag.ts';
import { postgresqlRestartPending } from './restart-pending.ts';
import { postgresqlSlotInactive } from './slot-inactive.ts';
import { postgresqlSlotRetains } from './slot-retains.ts';
import { postgresqlSynchronousMissing } from './synchronous-missing.ts';
import { postgresqlTransactionLong } from './transaction-long.ts';
import { postgresqlTrustRemote } from './trust-remote.ts';
import { postgresqlVacuumStale } from './vacuum-stale.ts';
import { postgresqlWraparoundNear } from './wraparound-near.ts';

export const POSTGRESQL_CHECKS: readonly Check[] = [
  postgresqlArchiveFailing,
  postgresqlArchiveOff,
  postgresqlAutovacuumOff,
  postgresqlCacheMiss,
  postgresqlChecksumFailed,
  postgresqlConnectionsHigh,
  postgresqlDeadRowsHigh,
  postgresqlDeadlocks,
  postgresqlFsyncOff,
  postgresqlFullPageWritesOff,
  postgresqlIdleInTransaction,
  postgresqlIndexInvalid,
  postgresqlPasswordMd5,
  postgresqlPreparedForgotten,
  postgresqlPrimaryCount,
  postgresqlReplicaNotReceiving,
  postgresqlReplicationLag,
  postgresqlRestartPending,
  postgresqlSlotInactive,
  postgresqlSlotRetains,
  postgresqlSynchronousMissing,
  postgresqlTransactionLong,
  postgresqlTrustRemote,
  postgresqlVacuumStale,
  postgresqlWraparoundNear,
  postgresqlDefaultPassword,
];
