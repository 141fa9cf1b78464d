/** Walks a folder of the host: sizes and times, bounded in depth, entries and time. Links are not followed. */
import type { Stats } from 'node:fs';
import { lstat, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, isMissing } from './host.ts';

export interface WalkLimits {
  /** Levels below the start; 1 = its own entries only. */
  readonly depth: number;
  readonly entries: number;
  /** Folders that are of no interest are not looked into, and do not count as left out. */
  readonly enter?: (folder: Entry) => boolean;
}
export interface Entry {
  /** Path below the start, `/`-separated. */
  readonly path: string;
  readonly depth: number;
  readonly kind: 'file' | 'folder' | 'other';
  /** Space on disk: a sparse file counts what it holds. */
  readonly bytes: number;
  /** Unix seconds. */
  readonly modifiedAt: number;
}
/** What {@link walk} returns when it is done. */
export interface WalkEnd {
  /** Nothing was left out. */
  readonly complete: boolean;
}

const STAT_BLOCK_BYTES = 512;

/** Entries below `start`, folder by folder; nothing when it does not exist. Folders that may not be read count as left out. */
export async function* walk(host: Host, start: string, limits: WalkLimits, signal: AbortSignal): AsyncGenerator<Entry, WalkEnd> {
  const root = await host.resolve(start);
  const folders: Pick<Entry, 'path' | 'depth'>[] = [{ path: '', depth: 0 }];
  let left = limits.entries;
  let complete = true;
  for (const folder of folders) {
    const listing = folder.depth < limits.depth ? await namesIn(join(root, folder.path), left) : NOT_READ;
    complete &&= listing.complete;
    for (const name of listing.names) {
      if (left <= 0 || signal.aborted) return { complete: false };
      left -= 1;
      const entry = await look(root, folder, name, host.running);
      if (entry) yield entry;
      if (entry?.kind === 'folder' && (limits.enter?.(entry) ?? true)) folders.push(entry); // the loop goes on to what it finds: breadth first
    }
  }
  return { complete };
}

interface Names {
  readonly names: readonly string[];
  readonly complete: boolean;
}
const NOT_READ: Names = { names: [], complete: false };

/** Not `readdir`: a folder of 10⁶ entries is read only as far as they are used. */
async function namesIn(folder: string, most: number): Promise<Names> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) {
      if (names.length >= most) return { names, complete: false };
      names.push(name);
    }
    return { names: names.sort(), complete: true }; // a file system's own order differs between machines
  } catch (error) {
    return isMissing(error) ? { names, complete: true } : { names, complete: false };
  }
}

/** `undefined` when it is gone meanwhile. */
async function look(root: string, folder: Pick<Entry, 'path' | 'depth'>, name: string, isRunning: boolean): Promise<Entry | undefined> {
  const path = folder.path === '' ? name : `${folder.path}/${name}`;
  const facts = await lstat(join(root, path)).catch(() => undefined);
  return facts && toEntry(path, folder.depth + 1, facts, isRunning);
}

/** In a capture a file that is all hole stands for one of that size. */
function toEntry(path: string, depth: number, facts: Stats, isRunning: boolean): Entry {
  const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
  return {
    path,
    depth,
    kind,
    bytes: kind !== 'file' ? 0 : facts.blocks === 0 && !isRunning ? facts.size : Math.min(facts.blocks * STAT_BLOCK_BYTES, facts.size),
    modifiedAt: Math.floor(facts.mtimeMs / 1_000),
  };
}

/** Whether anyone may write to a file; `undefined` when it cannot be looked at. */
export async function isWorldWritable(host: Host, path: string): Promise<boolean | undefined> {
  try {
    return ((await stat(await host.resolve(path))).mode & 0o002) !== 0;
  } catch {
    return undefined;
  }
}
