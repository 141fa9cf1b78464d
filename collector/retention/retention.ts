/** How long what is kept, and the job that lets go of the rest without getting in the way of ingest. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { deleteClosedIncidents, deleteExpired, type Expiry, tidy } from '../store/retention-store.ts';

/** Days, each by what it is about. */
export interface Retention {
  readonly snapshots: number;
  /** Longer than an agent keeps a payload (14 days): a replay after that would be taken for new. */
  readonly receipts: number;
  /** Batches of signals as they travelled, for bundles. */
  readonly 'signal-payloads': number;
  readonly quarantine: number;
  readonly 'hourly-rollups': number;
  /** At least 400, for a half year's report beside last year's. */
  readonly 'daily-rollups': number;
  /** After they were gone. */
  readonly findings: number;
  readonly notifications: number;
  readonly signals: number;
  readonly sessions: number;
  readonly links: number;
  /** After they were closed; the contracts promise two years. */
  readonly incidents: number;
  /** After they were made; a report is compared with the one of a half year before, and a contract's files are asked for years later. */
  readonly reports: number;
}
export const DEFAULT_RETENTION: Retention = {
  snapshots: 30,
  receipts: 30,
  'signal-payloads': 30,
  quarantine: 60,
  'hourly-rollups': 100,
  'daily-rollups': 800,
  findings: 400,
  notifications: 180,
  signals: 90,
  sessions: 1,
  links: 7,
  incidents: 731,
  reports: 1_830,
};
/** Least days: below them the collector would break a promise. */
const LEAST: Readonly<Partial<Record<keyof Retention, number>>> = { receipts: 15, 'daily-rollups': 400, incidents: 731, reports: 400 };

const DAY_MS = 86_400_000;
const BATCH = 200;
/** Between batches, so that a writer that waits gets its turn. */
const PAUSE_MS = 20;

/** @throws RangeError that names every value which is too small */
export function retentionOf(changes: Readonly<Partial<Retention>> = {}): Retention {
  const retention = { ...DEFAULT_RETENTION, ...changes };
  const faults = (Object.keys(retention) as (keyof Retention)[])
    .filter((key) => !Number.isFinite(retention[key]) || retention[key] < (LEAST[key] ?? 1))
    .map((key) => `${key}: at least ${LEAST[key] ?? 1} days`);
  if (faults.length > 0) throw new RangeError(`retention: ${faults.join('; ')}`);
  return retention;
}

export interface Pruned {
  readonly rows: Readonly<Record<string, number>>;
  /** Ended by the signal, not by having finished. */
  readonly interrupted: boolean;
}

/** One pass over everything. Every batch is a transaction of its own. @param now milliseconds */
export async function prune({ db, engine, transaction }: Database, retention: Retention, now: number, signal?: AbortSignal): Promise<Pruned> {
  const rows: Record<string, number> = {};
  const { incidents, ...days } = retention;
  for (const [expiry, age] of Object.entries(days) as [Expiry, number][])
    rows[expiry] = await inBatches(signal, async () => await deleteExpired(db, engine, expiry, now - age * DAY_MS, BATCH));
  rows['incidents'] = await inBatches(signal, async () => await transaction(async (one) => await deleteClosedIncidents(one, now - incidents * DAY_MS, BATCH)));
  if (!signal?.aborted) await tidy(db, engine);
  return { rows, interrupted: signal?.aborted ?? false };
}

async function inBatches(signal: AbortSignal | undefined, batch: () => Promise<number>): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const gone = await batch();
    total += gone;
    if (gone < BATCH) break;
    await sleep(PAUSE_MS);
  }
  return total;
}
