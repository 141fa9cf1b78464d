import type { Check } from '../../check.ts';
import { middlewareBackupMissing } from './backup-missing.ts';
import { middlewareBackupStale } from './backup-stale.ts';
import { middlewareConfigDrift } from './config-drift.ts';
import { middlewareInstanceDown } from './instance-down.ts';
import { middlewareInstanceUnread } from './instance-unread.ts';
import { middlewareKnownVulnerability } from './known-vulnerability.ts';
import { middlewareMemberUnread } from './member-unread.ts';
import { middlewareMembersColocated } from './members-colocated.ts';
import { middlewareMembersDiffer } from './members-differ.ts';
import { middlewareReplicasUnready } from './replicas-unready.ts';
import { middlewareRestartRecent } from './restart-recent.ts';
import { middlewareRestoreUntested } from './restore-untested.ts';
import { middlewareRightsMissing } from './rights-missing.ts';
import { middlewareVersionEol } from './version-eol.ts';

export const COMMON_CHECKS: readonly Check[] = [
  middlewareConfigDrift,
  middlewareInstanceDown,
  middlewareInstanceUnread,
  middlewareKnownVulnerability,
  middlewareMemberUnread,
  middlewareMembersColocated,
  middlewareMembersDiffer,
  middlewareReplicasUnready,
  middlewareRightsMissing,
  middlewareVersionEol,
  middlewareRestartRecent,
  middlewareBackupMissing,
  middlewareBackupStale,
  middlewareRestoreUntested,
];
