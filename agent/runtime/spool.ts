/** Keeps sealed payloads on this machine, newest first to survive, bounded in number and bytes. Sending takes them from here. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivate } from '../site/private-file.ts';
import type { SealedPayload } from '../wire/encode-values.ts';

export interface SpoolLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
}
export const SPOOL_LIMITS: SpoolLimits = { maxFiles: 400, maxBytes: 256 * 1024 * 1024 };
const NAME = /^\d{10,12}-[0-9a-f]{12}\.json$/;

/** Only the owner may read it; on disk before it returns. @returns the file's path */
export async function keepPayload(directory: string, takenAt: number, payload: SealedPayload, limits: SpoolLimits = SPOOL_LIMITS): Promise<string> {
  const file = join(directory, `${String(takenAt).padStart(10, '0')}-${payload.sha256.slice(0, 12)}.json`);
  await writePrivate(file, payload.json);
  await dropOldest(directory, limits);
  return file;
}

async function dropOldest(directory: string, { maxFiles, maxBytes }: SpoolLimits): Promise<void> {
  const names = (await readdir(directory))
    .filter((name) => NAME.test(name))
    .sort()
    .reverse();
  let bytes = 0;
  for (const [index, name] of names.entries()) {
    bytes += (await stat(join(directory, name))).size;
    // The newest stays, whatever its size.
    if (index > 0 && (index >= maxFiles || bytes > maxBytes)) await rm(join(directory, name), { force: true });
  }
}
