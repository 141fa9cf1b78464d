import type { Check } from '../check.ts';
import { autoTlsOn } from './auto-tls-on.ts';
import { backupMissing } from './backup-missing.ts';
import { backupShrunken } from './backup-shrunken.ts';
import { backupStale } from './backup-stale.ts';
import { clientAuthOff } from './client-auth-off.ts';
import { clientUrlPlain } from './client-url-plain.ts';
import { compactionOff } from './compaction-off.ts';
import { corruptionCheckOff } from './corruption-check-off.ts';
import { dataDirOpen } from './data-dir-open.ts';
import { dataDiskRotational } from './data-disk-rotational.ts';
import { dataDiskShared } from './data-disk-shared.ts';
import { dbNearQuota } from './db-near-quota.ts';
import { electionTimeoutShort } from './election-timeout-short.ts';
import { membersEven } from './members-even.ts';
import { peerAuthOff } from './peer-auth-off.ts';
import { peerUrlPlain } from './peer-url-plain.ts';
import { quotaOutOfRange } from './quota-out-of-range.ts';
import { quotaUnset } from './quota-unset.ts';
import { snapshotCountHigh } from './snapshot-count-high.ts';
import { walLarge } from './wal-large.ts';

export const ETCD_CHECKS: readonly Check[] = [
  autoTlsOn,
  backupMissing,
  backupShrunken,
  backupStale,
  clientAuthOff,
  clientUrlPlain,
  compactionOff,
  corruptionCheckOff,
  dataDirOpen,
  dataDiskRotational,
  dataDiskShared,
  dbNearQuota,
  electionTimeoutShort,
  membersEven,
  peerAuthOff,
  peerUrlPlain,
  quotaOutOfRange,
  quotaUnset,
  snapshotCountHigh,
  walLarge,
];
