/** When a backup was last made, by the time of a file that the site names: backups are told by no server. Names and contents are never read on. */
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backup } from './declaration.ts';

/** Files of a folder that are looked at. */
const MOST_FILES = 5_000;
const MOST_MS = 5_000;

/** Unix seconds; `undefined` where the path cannot be read or holds no file. */
export async function lastBackupAt({ last, path }: Backup): Promise<number | undefined> {
  if (path === undefined) return last;
  // A network file system that hangs may never answer.
  return await Promise.race([timeOf(path), sleep(MOST_MS, undefined, { ref: false })]);
}
async function timeOf(path: string): Promise<number | undefined> {
  try {
    const facts = await stat(path);
    if (!facts.isDirectory()) return facts.isFile() ? seconds(facts.mtimeMs) : undefined;
    return await newestIn(path);
  } catch {
    return undefined;
  }
}
async function newestIn(folder: string): Promise<number | undefined> {
  let newest: number | undefined;
  let seen = 0;
  for await (const entry of await opendir(folder)) {
    if (++seen > MOST_FILES) return undefined; // the newest may be among the rest
    if (!entry.isFile()) continue;
    const { mtimeMs, size } = await stat(join(folder, entry.name));
    if (size > 0) newest = Math.max(newest ?? 0, seconds(mtimeMs));
  }
  return newest;
}
function seconds(milliseconds: number): number {
  return Math.max(0, Math.floor(milliseconds / 1_000));
}
