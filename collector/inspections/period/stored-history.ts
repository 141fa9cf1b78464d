/** What is kept longer than inspections: numbers by day and the lives of findings. */
import type { Trend } from '../../../reports/facts/period.ts';
import type { Db } from '../../store/database.ts';
import { type DayPoint, dayPoints } from '../../store/day-points.ts';
import type { StoredFinding } from '../../store/finding-store.ts';
import type { Cluster } from '../../store/fleet-store.ts';
import { findingsWithin, type Stretch } from '../../store/trend-read-store.ts';
import { forecastOf } from './forecast.ts';
import { compare } from './inspected.ts';
import { CAPACITY, READ_SERIES, trendsOf } from './trends.ts';

const MOST_FORECASTS = 60;
const DAY_MS = 86_400_000;
/** Before the end, so that scores have a past. */
const HISTORY_MS = 200 * DAY_MS;
/** Before the begin, however long the period is: what stood then is what a first report compares with. An older inspection says nothing about that day. */
const BEFORE_MS = 35 * DAY_MS;
/** From where on numbers and findings are read for a period. Milliseconds. */
export function historyBegin(from: number, to: number): number {
  return Math.min(from - BEFORE_MS, to - HISTORY_MS);
}

export interface StoredOfCluster {
  readonly points: readonly DayPoint[];
  readonly findings: readonly StoredFinding[];
}
/** @param zoneMinutes whose days the numbers are of, east of UTC */
export async function storedOf(db: Db, clusters: readonly Cluster[], stretch: Stretch, zoneMinutes: number): Promise<readonly StoredOfCluster[]> {
  const out: StoredOfCluster[] = [];
  for (const { id } of clusters) out.push({ points: await dayPoints(db, id, READ_SERIES, stretch, zoneMinutes), findings: await findingsWithin(db, id, stretch) });
  return out;
}
export function livesOf({ findings }: StoredOfCluster): { readonly finding: { readonly check: string }; readonly firstSeenAt: number; readonly goneAt?: number }[] {
  return findings.map(({ check, firstSeenAt, goneAt }) => ({ finding: { check }, firstSeenAt: firstSeenAt / 1_000, ...(goneAt !== null && { goneAt: goneAt / 1_000 }) }));
}

export function trendsOfAll(stored: readonly StoredOfCluster[], clusters: readonly Cluster[], stretch: Stretch): readonly Trend[] {
  return stored.flatMap(({ points }, index) => trendsOf(points, stretch, clusters.length > 1 ? (clusters[index]?.name ?? '') : ''));
}
/** Soonest first; those without a date behind. */
export function forecastsOf(trends: readonly Trend[]): NonNullable<ReturnType<typeof forecastOf>>[] {
  return trends
    .filter(({ kind }) => CAPACITY.has(kind))
    .flatMap((trend) => forecastOf(trend) ?? [])
    .toSorted((one, other) => (one.daysToLimit ?? Number.MAX_SAFE_INTEGER) - (other.daysToLimit ?? Number.MAX_SAFE_INTEGER) || compare(one.id, other.id))
    .slice(0, MOST_FORECASTS);
}
