/** Asks the kernel for the numbers of one file system. May wait for ever: callers bring the deadline. */
import { stat, statfs } from 'node:fs/promises';

/** What `statfs(2)` tells; blocks of `bsize` bytes, `files` 0 where the type has no inodes. */
export interface FsNumbers {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly files: number;
  readonly ffree: number;
}
/** One file system and the paths that may lead to it. Without `device` the first path is believed. */
export interface FsTarget {
  readonly paths: readonly string[];
  readonly device?: string | undefined;
}

/** Types whose `stat` device differs from the one in mountinfo (linux/magic.h): btrfs by subvolume, Ceph by snapshot, overlay by layer. */
const OWN_DEVICE_NUMBERS: ReadonlySet<number> = new Set([0x9123683e, 0x00c36400, 0x794c7630]);

/** Numbers by the first path that really lies on the device; `undefined` when none does or may be looked at. */
export async function measureTarget({ paths, device }: FsTarget): Promise<FsNumbers | undefined> {
  for (const path of paths) {
    try {
      const { type, bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
      if (device !== undefined && !OWN_DEVICE_NUMBERS.has(type) && deviceOf((await stat(path, { bigint: true })).dev) !== device) continue;
      return { bsize, blocks, bfree, bavail, files, ffree };
    } catch {
      // not there, or not ours to look at: the next path may be
    }
  }
  return undefined;
}

/** `major:minor` of a `dev_t`, in glibc's encoding. */
export function deviceOf(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}
