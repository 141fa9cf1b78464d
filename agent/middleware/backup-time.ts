/** When a backup was last made, by the time of a file that the site names: backups are told by no server. Names and contents are never read on. */
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backup } from './declaration.ts';

/** Files of a folder that are looked at. */
const MOST_FILES = 5_000;
const MOST_MS = 5_000;

/** What the declared path tells. Both are absent where it cannot be read. */
export interface LastBackup {
  /** Unix seconds. */
  readonly at?: number | undefined;
  /** Absent where the site names a time instead of a path. */
  readonly found?: boolean | undefined;
}

const UNREAD: LastBackup = {};
const GONE = new Set(['ENOENT', 'ENOTDIR']);

export async function lastBackup({ last, path }: Backup): Promise<LastBackup> {
  if (path === undefined) return { at: last };
  // A network file system that hangs may never answer.
  return await Promise.race([look(path), sleep(MOST_MS, UNREAD, { ref: false })]);
}
async function look(path: string): Promise<LastBackup> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return await newestIn(path);
    return facts.isFile() ? { at: seconds(facts.mtimeMs), found: true } : UNREAD;
  } catch (error) {
    return error instanceof Error && 'code' in error && GONE.has(String(error.code)) ? { found: false } : UNREAD;
  }
}
async function newestIn(folder: string): Promise<LastBackup> {
  let newest: number | undefined;
  let seen = 0;
  for await (const entry of await opendir(folder)) {
    if (++seen > MOST_FILES) return UNREAD; // the newest may be among the rest
    if (!entry.isFile()) continue;
    const { mtimeMs, size } = await stat(join(folder, entry.name));
    if (size > 0) newest = Math.max(newest ?? 0, seconds(mtimeMs));
  }
  return { at: newest, found: newest !== undefined };
}
function seconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1_000));
}
