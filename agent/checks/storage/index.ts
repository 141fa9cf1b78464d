import type { Check } from '../check.ts';
import { attachmentFailed } from './attachment-failed.ts';
import { attachmentNodeMissing } from './attachment-node-missing.ts';
import { attachmentStuck } from './attachment-stuck.ts';
import { backupFailed } from './backup-failed.ts';
import { backupLocationUnavailable } from './backup-location-unavailable.ts';
import { backupOutdated } from './backup-outdated.ts';
import { backupScheduleMissing } from './backup-schedule-missing.ts';
import { claimClassMissing } from './claim-class-missing.ts';
import { claimDeletionStuck } from './claim-deletion-stuck.ts';
import { claimLost } from './claim-lost.ts';
import { claimPending } from './claim-pending.ts';
import { claimResizeFailed } from './claim-resize-failed.ts';
import { claimResizePending } from './claim-resize-pending.ts';
import { claimUnmounted } from './claim-unmounted.ts';
import { classDefaultMissing } from './class-default-missing.ts';
import { classDefaultsSeveral } from './class-defaults-several.ts';
import { classInTree } from './class-in-tree.ts';
import { classLocalBindsEarly } from './class-local-binds-early.ts';
import { classNotExpandable } from './class-not-expandable.ts';
import { csiControllerUnready } from './csi-controller-unready.ts';
import { csiNodeUnready } from './csi-node-unready.ts';
import { detachmentStuck } from './detachment-stuck.ts';
import { driverLacking } from './driver-lacking.ts';
import { driverUnregistered } from './driver-unregistered.ts';
import { snapshotControllerUnready } from './snapshot-controller-unready.ts';
import { snapshotFailed } from './snapshot-failed.ts';
import { volumeDeletionStuck } from './volume-deletion-stuck.ts';
import { volumeFailed } from './volume-failed.ts';
import { volumeHostPath } from './volume-host-path.ts';
import { volumeNodeMissing } from './volume-node-missing.ts';
import { volumePending } from './volume-pending.ts';
import { volumePluginRemoved } from './volume-plugin-removed.ts';
import { volumeReclaimRecycle } from './volume-reclaim-recycle.ts';
import { volumeReleased } from './volume-released.ts';

export const STORAGE_CHECKS: readonly Check[] = [
  attachmentFailed,
  attachmentNodeMissing,
  attachmentStuck,
  backupFailed,
  backupLocationUnavailable,
  backupOutdated,
  backupScheduleMissing,
  claimClassMissing,
  claimDeletionStuck,
  claimLost,
  claimPending,
  claimResizeFailed,
  claimResizePending,
  claimUnmounted,
  classDefaultMissing,
  classDefaultsSeveral,
  classInTree,
  classLocalBindsEarly,
  classNotExpandable,
  csiControllerUnready,
  csiNodeUnready,
  detachmentStuck,
  driverLacking,
  driverUnregistered,
  snapshotControllerUnready,
  snapshotFailed,
  volumeDeletionStuck,
  volumeFailed,
  volumeHostPath,
  volumeNodeMissing,
  volumePending,
  volumePluginRemoved,
  volumeReclaimRecycle,
  volumeReleased,
];
