import type { Gatherer } from '../../gatherer.ts';
import { disks } from './disks.ts';
import { filesystemErrors } from './filesystem-errors.ts';
import { filesystems } from './filesystems.ts';
import { raid } from './raid.ts';

export const HOST_STORAGE_GATHERERS: readonly Gatherer[] = [filesystems, filesystemErrors, disks, raid];
