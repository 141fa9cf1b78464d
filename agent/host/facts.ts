/** What the file system says about a path without opening it: device, mode, size. Beside `Host`, because few gatherers need it. */
import { opendir, stat } from 'node:fs/promises';
import { type Host, isMissing } from './host.ts';

/** Facts of one path, links followed inside the root. */
export interface PathFacts {
  readonly kind: 'file' | 'directory' | 'socket' | 'other';
  /** `st_dev`: equal numbers mean the same file system. */
  readonly device: number;
  readonly major: number;
  readonly minor: number;
  /** Permission bits, `0o7777`. */
  readonly mode: number;
  readonly size: number;
  /** Unix seconds. */
  readonly modifiedAt: number;
}

/** @returns `undefined` when the path does not exist; other failures (no permission) throw */
export async function factsOf(host: Host, path: string): Promise<PathFacts | undefined> {
  try {
    const facts = await stat(await host.resolve(path));
    const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'directory' : facts.isSocket() ? 'socket' : 'other';
    const { major, minor } = splitDevice(facts.dev);
    return { kind, device: facts.dev, major, minor, mode: facts.mode & 0o7777, size: facts.size, modifiedAt: Math.floor(facts.mtimeMs / 1_000) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Major and minor number in glibc's `gnu_dev_*` layout, which `st_dev` has on Linux. */
export function splitDevice(dev: number): { major: number; minor: number } {
  const wide = BigInt(dev);
  const major = ((wide >> 8n) & 0xfffn) | ((wide >> 32n) & 0xfffff000n);
  const minor = (wide & 0xffn) | ((wide >> 12n) & 0xffffff00n);
  return { major: Number(major), minor: Number(minor) };
}

/**
 * How many entries a directory has, at most `most`: streamed, so that 10⁶ entries cost no memory.
 * @throws as `opendir` does (`EACCES` for another user's `/proc/<pid>/fd`)
 */
export async function countEntries(host: Host, path: string, most: number, signal?: AbortSignal): Promise<number> {
  let count = 0;
  for await (const _entry of await opendir(await host.resolve(path), { bufferSize: 256 })) {
    count += 1;
    if (count >= most || signal?.aborted) break;
  }
  return count;
}
