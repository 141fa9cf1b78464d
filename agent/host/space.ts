/** Space of the file system that a path is on. */
import { statfs } from 'node:fs/promises';
import type { Host } from './host.ts';
import { toFsNumbers } from './statfs-isolated.ts';

export interface Space {
  /** What an ordinary user may still write. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}
/** Where a captured tree keeps recorded numbers, by mount point (see statfs.ts). */
const RECORDED = '/.statfs.json';

/** `undefined` when the path does not exist, or a capture recorded nothing. */
export async function spaceAt(host: Host, path: string): Promise<Space | undefined> {
  if (!host.running) return await recordedAt(host, path);
  try {
    const { bavail, bsize, blocks } = await statfs(await host.resolve(path));
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return undefined;
  }
}

async function recordedAt(host: Host, path: string): Promise<Space | undefined> {
  const text = await host.readIfThere(RECORDED);
  const recorded: unknown = text === undefined ? undefined : JSON.parse(text);
  if (typeof recorded !== 'object' || recorded === null) return undefined;
  const within = Object.entries(recorded)
    .filter(([mount]) => mount === '/' || path === mount || path.startsWith(`${mount}/`))
    .sort(([one], [other]) => other.length - one.length);
  const numbers = toFsNumbers(within[0]?.[1]);
  return numbers && { freeBytes: numbers.bavail * numbers.bsize, totalBytes: numbers.blocks * numbers.bsize };
}
