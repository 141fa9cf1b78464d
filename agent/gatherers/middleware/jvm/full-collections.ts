/** Collections that stop a Java server for the whole heap: how many there were, and how many an hour. */
import type { InspectContext } from '../product.ts';

/** Collectors of HotSpot that collect the old generation. */
const FULL: ReadonlySet<string> = new Set(['G1 Old Generation', 'PS MarkSweep', 'ConcurrentMarkSweep', 'MarkSweepCompact']);
/** Collectors that never stop for the whole heap. */
const CONCURRENT = /^(ZGC|Shenandoah)\b/;
const HOUR = 3_600;

/** @param counts collections since the start, by the collector's name @returns `undefined` where no collector is known */
export function fullCollections(counts: ReadonlyMap<string, number>): number | undefined {
  const names = [...counts.keys()];
  if (names.length === 0) return undefined;
  const full = names.filter((name) => FULL.has(name));
  if (full.length === 0) return names.every((name) => CONCURRENT.test(name)) ? 0 : undefined;
  let total = 0;
  for (const name of full) total += counts.get(name) ?? 0;
  return total;
}

/** Since the inspection before, else since it started; of less than an hour, all of it. */
export function fullGcPerHour(
  { instance, counters, now }: Pick<InspectContext, 'instance' | 'counters' | 'now'>,
  { fullGcCount, startedAt }: { readonly fullGcCount?: number | undefined; readonly startedAt?: number | undefined },
): number | undefined {
  const growth = counters.grown(instance.id, 'full-gc', now, { fullGcs: fullGcCount });
  const recent = growth?.values['fullGcs'];
  if (growth && recent !== undefined) return recent / Math.max(1, growth.seconds / HOUR);
  return fullGcCount === undefined || startedAt === undefined ? undefined : fullGcCount / Math.max(1, (now - startedAt) / HOUR);
}
