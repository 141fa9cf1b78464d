/**
 * Sizes of the host's file systems, without ever hanging on a dead one. Types that depend on another machine or process
 * are asked from a child process; local ones here, one at a time with a deadline, so that a dying disk holds at most one
 * of the few threads that all file access of this process shares.
 */
import { join } from 'node:path';
import { Host } from './host.ts';
import { HUNG, type Measurement, measureIsolated, toFsNumbers, UNMEASURED } from './statfs-isolated.ts';
import { type FsNumbers, type FsTarget, measureTarget } from './statfs-measure.ts';
import { type VisiblePath, visiblePaths } from './statfs-paths.ts';

/** A mount of the host to measure. */
export interface MountToMeasure {
  /** Path on the host. */
  readonly mountPoint: string;
  /** `major:minor` of mountinfo; older tables do not tell it. */
  readonly device?: string | undefined;
  /** Ask from a child process. */
  readonly isolated: boolean;
}
export interface MeasureOptions {
  readonly signal: AbortSignal;
  /** How long one file system may take. */
  readonly deadlineMs: number;
  /** For tests: the child's script, this process's own mountinfo, and what is called for local types. */
  readonly script?: string | undefined;
  readonly ownMountinfo?: string | undefined;
  readonly measure?: ((target: FsTarget) => Promise<FsNumbers | undefined>) | undefined;
}

/** A node with many pods has thousands of mounts, each line up to some KiB of overlay layers. */
export const MAX_MOUNTINFO_BYTES = 16 * 1024 * 1024;
/** Paths tried per file system. */
const MAX_TRIES = 3;
/** Where a captured tree keeps recorded numbers, by mount point. */
const RECORDED = '/.statfs.json';

/** Local measurements that have not come back; while there is one, everything is asked from a child. */
let waiting = 0;

/** One measurement per mount, in order. A mount that no path of this process leads to is `unmeasured`. */
export async function measureMounts(host: Host, mounts: readonly MountToMeasure[], options: MeasureOptions): Promise<readonly Measurement[]> {
  if (!host.running) return await readRecorded(host, mounts);
  const own = options.ownMountinfo ?? (await readOwnMountinfo(host));
  const visible = own === undefined ? undefined : visiblePaths(own);
  const jobs = mounts.map((mount) => toJob(host, mount, visible));
  const results: Measurement[] = mounts.map(() => UNMEASURED);
  for (const [index, { target, isolated }] of jobs.entries()) {
    if (isolated || waiting > 0 || target.paths.length === 0 || options.signal.aborted) continue;
    results[index] = await measureHere(target, options);
  }
  const rest = [...jobs.entries()].filter(([index, { target, isolated }]) => target.paths.length > 0 && (isolated || waiting > 0) && results[index] === UNMEASURED);
  const answers = await measureIsolated(
    rest.map(([, { target }]) => target),
    options,
  );
  for (const [position, [index]] of rest.entries()) results[index] = answers[position] ?? UNMEASURED;
  return results;
}

interface Job {
  readonly target: FsTarget;
  readonly isolated: boolean;
}

/** The mount point below the root first, then any other path of the same device; safe paths before risky ones. */
function toJob(host: Host, { mountPoint, device, isolated }: MountToMeasure, visible: ReadonlyMap<string, readonly VisiblePath[]> | undefined): Job {
  const here = join(host.root, mountPoint);
  if (visible === undefined || device === undefined) return { target: { paths: [here], device }, isolated };
  const found = visible.get(device) ?? [];
  const ranked = found.map((path) => ({ ...path, rank: (path.risky ? 2 : 0) + (path.path === here ? 0 : 1) })).sort((a, b) => a.rank - b.rank);
  const usable = ranked.filter(({ risky }) => isolated || risky === (ranked[0]?.risky ?? false)).slice(0, MAX_TRIES);
  return { target: { paths: usable.map(({ path }) => path), device }, isolated: isolated || usable.some(({ risky }) => risky) };
}

async function measureHere(target: FsTarget, { deadlineMs, signal, measure = measureTarget }: MeasureOptions): Promise<Measurement> {
  waiting += 1;
  const work = measure(target).finally(() => {
    waiting -= 1;
  });
  let timer: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  const deadline = new Promise<Measurement>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, HUNG);
    stop = () => resolve(UNMEASURED);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work.then((numbers): Measurement => (numbers ? { state: 'measured', numbers } : UNMEASURED)), deadline]);
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
  }
}

/** Paths in it are this process's own, whatever root the host has. */
async function readOwnMountinfo(host: Host): Promise<string | undefined> {
  const self = new Host({ root: '/', sampleMs: 0, now: host.now, live: true, running: true });
  return await self.readIfThere('/proc/self/mountinfo', { maxBytes: MAX_MOUNTINFO_BYTES, cut: true });
}

async function readRecorded(host: Host, mounts: readonly MountToMeasure[]): Promise<readonly Measurement[]> {
  const text = await host.readIfThere(RECORDED);
  const recorded = text === undefined ? undefined : (JSON.parse(text) as unknown);
  return mounts.map(({ mountPoint }) => {
    if (typeof recorded !== 'object' || recorded === null || !Object.hasOwn(recorded, mountPoint)) return UNMEASURED;
    const value = (recorded as Readonly<Record<string, unknown>>)[mountPoint]; // an object with this key, checked above
    if (typeof value === 'object' && value !== null && 'hung' in value && value.hung === true) return HUNG;
    const numbers = toFsNumbers(value);
    return numbers ? { state: 'measured', numbers } : UNMEASURED;
  });
}
