import type { Check } from '../check.ts';
import { diskBootSpaceLow } from './boot-space-low.ts';
import { diskCommandsFailing } from './commands-failing.ts';
import { diskDeviceReadOnly } from './device-read-only.ts';
import { diskFileSystemErrors } from './file-system-errors.ts';
import { diskFileSystemReadOnly } from './file-system-read-only.ts';
import { diskInodesLow } from './inodes-low.ts';
import { diskMemoryFileSystemFull } from './memory-file-system-full.ts';
import { diskMountHung } from './mount-hung.ts';
import { diskMountMissing } from './mount-missing.ts';
import { diskMountUnmeasured } from './mount-unmeasured.ts';
import { diskNetworkMountSoft } from './network-mount-soft.ts';
import { diskNodeDataOnRoot } from './node-data-on-root.ts';
import { diskNodeStorageSmall } from './node-storage-small.ts';
import { diskOffline } from './offline.ts';
import { diskPodVolumeFull } from './pod-volume-full.ts';
import { diskQueueLong } from './queue-long.ts';
import { diskRaidDegraded } from './raid-degraded.ts';
import { diskRaidDiskFailed } from './raid-disk-failed.ts';
import { diskRaidInactive } from './raid-inactive.ts';
import { diskRaidRebuilding } from './raid-rebuilding.ts';
import { diskReadLatencyHigh } from './read-latency-high.ts';
import { diskSpaceLow } from './space-low.ts';
import { diskTemperatureHigh } from './temperature-high.ts';
import { diskUtilisationHigh } from './utilisation-high.ts';
import { diskWriteBarrierOff } from './write-barrier-off.ts';
import { diskWriteLatencyHigh } from './write-latency-high.ts';

export const DISK_CHECKS: readonly Check[] = [
  diskBootSpaceLow,
  diskCommandsFailing,
  diskDeviceReadOnly,
  diskFileSystemErrors,
  diskFileSystemReadOnly,
  diskInodesLow,
  diskMemoryFileSystemFull,
  diskMountHung,
  diskMountMissing,
  diskMountUnmeasured,
  diskNetworkMountSoft,
  diskNodeDataOnRoot,
  diskNodeStorageSmall,
  diskOffline,
  diskPodVolumeFull,
  diskQueueLong,
  diskRaidDegraded,
  diskRaidDiskFailed,
  diskRaidInactive,
  diskRaidRebuilding,
  diskReadLatencyHigh,
  diskSpaceLow,
  diskTemperatureHigh,
  diskUtilisationHigh,
  diskWriteBarrierOff,
  diskWriteLatencyHigh,
];
