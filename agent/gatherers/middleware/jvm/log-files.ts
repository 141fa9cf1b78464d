/** Which log files are read, and how far back. */
import type { Host } from '../../../host/host.ts';
import type { LogLimits } from '../../../host/log-counts.ts';
import { type Entry, walk } from '../../../host/walk.ts';

/** The newest of them; of each the newest part. */
const MOST_FILES = 6;
const BYTES_PER_FILE = 64 * 1024 * 1024;
const DAYS = { default: 7, most: 200 };

/** Newest first; compressed ones are left aside. */
export async function logFilesIn(host: Host, folder: string, name: RegExp, signal: AbortSignal): Promise<readonly string[]> {
  const files: Entry[] = [];
  for await (const entry of walk(host, folder, { depth: 1, entries: 10_000 }, signal)) {
    if (entry.kind === 'file' && name.test(entry.path) && !/\.(gz|zip|bz2|xz)$/.test(entry.path)) files.push(entry);
  }
  // Oldest first of those that are read: lines without a time belong to the line before.
  return files
    .toSorted((a, b) => b.modifiedAt - a.modifiedAt)
    .slice(0, MOST_FILES)
    .reverse()
    .map(({ path }) => `${folder}/${path}`);
}

/** The last week, or the declared `logDays`; as many days before that are the period to compare with. */
export function logLimits(now: number, options: Readonly<Record<string, unknown>>): LogLimits {
  const asked = options['logDays'];
  const days = typeof asked === 'number' && asked >= 1 ? Math.min(asked, DAYS.most) : DAYS.default;
  const since = now - days * 86_400;
  return { bytesPerFile: BYTES_PER_FILE, since, previousSince: since - days * 86_400, zoneSeconds: -new Date(now * 1_000).getTimezoneOffset() * 60 };
}
