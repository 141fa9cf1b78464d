/** Counters of middleware servers as the last inspection read them: `middleware-counters.json`, mode 0600. */
import { join } from 'node:path';
import type { Counted, Counters } from '../gatherers/middleware/counters.ts';
import { readIfThere, writePrivate } from './private-file.ts';

const FILE = 'middleware-counters.json';
const MOST_BYTES = 4 * 1024 * 1024;
/** The newest stay; instances that are gone are forgotten with time. */
const MOST_MEMBERS = 5_000;
const LONGEST_SECONDS = 100 * 86_400;

/** None when there is no file, or it is not ours: then counters are judged by how long the server has been up. */
export async function readCounters(stateDir: string): Promise<Counters> {
  const bytes = await readIfThere(join(stateDir, FILE)).catch(() => undefined);
  if (bytes === undefined || bytes.length > MOST_BYTES) return {};
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Counted] => isCounted(entry[1])));
  } catch {
    return {};
  }
}

/** @param now Unix seconds */
export async function keepCounters(stateDir: string, counters: Counters, now: number): Promise<void> {
  const kept = Object.entries(counters)
    .filter(([, { at }]) => now - at <= LONGEST_SECONDS)
    .sort(([, one], [, other]) => other.at - one.at)
    .slice(0, MOST_MEMBERS);
  if (kept.length > 0) await writePrivate(join(stateDir, FILE), `${JSON.stringify(Object.fromEntries(kept))}\n`);
}

function isCounted(value: unknown): value is Counted {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('values' in value)) return false;
  const { at, values } = value;
  return typeof at === 'number' && typeof values === 'object' && values !== null && Object.values(values).every((one) => typeof one === 'number' && Number.isFinite(one));
}
