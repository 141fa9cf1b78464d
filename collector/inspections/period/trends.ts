/** From daily numbers of the store, by days of the report's zone, to the series, scores and runs that reports draw. Pure; times of the result are Unix seconds. */
import type { Finding } from '../../../agent/wire/inspection.ts';
import type { Unit } from '../../../agent/wire/vocabulary.ts';
import type { RunRecord, SeriesKind, Trend } from '../../../reports/facts/period.ts';
import type { ScorePoint } from '../../../reports/model.ts';
import type { DayPoint } from '../../store/day-points.ts';
import { compare } from './inspected.ts';

const DAY_MS = 86_400_000;

interface Drawn {
  readonly name: string;
  readonly kind: SeriesKind;
  readonly unit: Unit;
  readonly from: 'mean' | 'maximum' | 'last';
  readonly source?: Trend['source'];
  /** The check that watches it, and its two levels. */
  readonly check?: string;
  readonly limit?: number;
  readonly criticalLimit?: number;
}
/** What is drawn, and the value that must not be passed: the levels of the check that watches it (a test holds them to its thresholds). */
export const DRAWN: readonly Drawn[] = [
  { name: 'cpu.used-percent', kind: 'cpu', unit: 'percent', from: 'mean', source: 'host', check: 'host-cpu-high', limit: 80, criticalLimit: 95 },
  { name: 'cluster.cpu-used-percent', kind: 'cpu', unit: 'percent', from: 'mean', source: 'metrics-server', check: 'capacity-cpu-usage-high', limit: 80, criticalLimit: 95 },
  { name: 'memory.used-percent', kind: 'memory', unit: 'percent', from: 'mean', source: 'host', check: 'host-memory-high', limit: 80, criticalLimit: 90 },
  {
    name: 'cluster.memory-used-percent',
    kind: 'memory',
    unit: 'percent',
    from: 'mean',
    source: 'metrics-server',
    check: 'capacity-memory-usage-high',
    limit: 80,
    criticalLimit: 90,
  },
  { name: 'disk.used-percent', kind: 'disk', unit: 'percent', from: 'last', check: 'disk-space-low', limit: 85, criticalLimit: 95 },
  { name: 'disk.inodes-used-percent', kind: 'inodes', unit: 'percent', from: 'last', check: 'disk-inodes-low', limit: 95, criticalLimit: 97 },
  { name: 'etcd.quota-percent', kind: 'etcd-database', unit: 'percent', from: 'last', check: 'etcd-db-near-quota', limit: 80, criticalLimit: 95 },
  { name: 'pods.total', kind: 'pods', unit: 'count', from: 'last' },
  { name: 'network.bytes-per-second', kind: 'network', unit: 'bytes-per-second', from: 'maximum' },
];
/** What capacity is planned by: things that fill up. */
export const CAPACITY: ReadonlySet<SeriesKind> = new Set(['disk', 'inodes', 'memory', 'cpu', 'etcd-database']);

const JUDGED = ['score', 'coverage', 'findings.critical', 'findings.warning', 'findings.info'] as const;
/** Names of the series that a report reads. */
export const READ_SERIES: readonly string[] = [...JUDGED, ...DRAWN.map(({ name }) => name)];

/** Machines of one kind that are drawn; of more, those that are nearest to the limit. */
const MOST_MACHINES = 20;

/** @param prefix set before names where several clusters stand in one report */
export function trendsOf(points: readonly DayPoint[], { from, to }: { readonly from: number; readonly to: number }, prefix = ''): readonly Trend[] {
  const series = Map.groupBy(points, ({ name, machine }) => `${name}|${machine}`);
  return DRAWN.flatMap(({ name, kind, unit, limit, criticalLimit, source, from: column }) => {
    const own = [...series.values()].filter(([first]) => first?.name === name).map((days) => days.filter(({ lastAt }) => lastAt >= from && lastAt < to));
    const drawn = own
      .filter((days) => days.length > 0)
      .map((days): Trend & { readonly last: number } => {
        const machine = days[0]?.machine ?? '';
        const byDay = new Map(days.map((day) => [day.at, round(day[column])]));
        const label = prefix === '' ? machine : machine === '' ? prefix : `${prefix}/${machine}`;
        const levels = { ...(limit !== undefined && { limit }), ...(criticalLimit !== undefined && { criticalLimit }), ...(source !== undefined && { source }) };
        return { id: `${kind}/${label}`, kind, name: label, unit, points: daily(byDay), ...levels, last: round(days.at(-1)?.[column] ?? 0) };
      });
    return drawn
      .toSorted((one, other) => other.last - one.last || compare(one.name, other.name))
      .slice(0, MOST_MACHINES)
      .map(({ last: _last, ...trend }) => trend);
  });
}

/** A pause longer than this many of the usual ones is a gap. */
const GAP = 1.5;
/** The days that were measured, from the first to the last; where nothing was told for longer than usual, the days between without a value. */
function daily(byDay: ReadonlyMap<number, number>): Trend['points'] {
  const days = [...byDay.keys()].toSorted((one, other) => one - other);
  const pauses = days.slice(1).map((at, index) => at - (days[index] ?? at));
  const usual = pauses.toSorted((one, other) => one - other)[(pauses.length - 1) >> 1] ?? DAY_MS;
  return days.flatMap((at, index) => {
    const next = days[index + 1] ?? at;
    const missing = next - at > usual * GAP ? Math.round((next - at) / DAY_MS) - 1 : 0;
    return [{ at: at / 1_000, value: byDay.get(at) ?? null }, ...Array.from({ length: missing }, (_, day) => ({ at: (at + (day + 1) * DAY_MS) / 1_000, value: null }))];
  });
}

/** The lowest score of a day over cluster and machines: the whole is never better than its worst part. */
export function scoresOf(points: readonly DayPoint[]): readonly ScorePoint[] {
  const byDay = new Map<number, number>();
  for (const { name, at, last } of points) if (name === 'score') byDay.set(at, Math.min(byDay.get(at) ?? 100, last));
  return [...byDay].toSorted(([one], [other]) => one - other).map(([at, score]) => ({ at: at / 1_000, score: round(score) }));
}

interface Life {
  readonly finding: Pick<Finding, 'check'>;
  readonly firstSeenAt: number;
  readonly goneAt?: number | undefined;
}
/** A day's inspections as one line, days without any left out. @param from milliseconds. @param zoneMinutes of the points' days, east of UTC */
export function runsOf(points: readonly DayPoint[], lives: readonly Life[], { from, zoneMinutes }: { readonly from: number; readonly zoneMinutes: number }): readonly RunRecord[] {
  const days = Map.groupBy(
    points.filter(({ name, lastAt }) => lastAt >= from && JUDGED.some((one) => one === name)),
    ({ at }) => at,
  );
  const offsetMs = zoneMinutes * 60_000;
  const dayOf = (seconds: number): number => Math.floor((seconds * 1_000 + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
  const added = Map.groupBy(lives, ({ firstSeenAt }) => dayOf(firstSeenAt));
  const solved = Map.groupBy(
    lives.filter(({ goneAt }) => goneAt !== undefined),
    ({ goneAt }) => dayOf(goneAt ?? 0),
  );
  return [...days]
    .toSorted(([one], [other]) => one - other)
    .map(([at, own]) => {
      const of = (name: string): readonly number[] => own.filter((point) => point.name === name).map(({ last }) => last);
      const sum = (name: string): number => Math.round(of(name).reduce((total, value) => total + value, 0));
      const scores = of('score');
      const coverages = of('coverage');
      return {
        at: at / 1_000,
        score: scores.length === 0 ? null : round(Math.min(...scores)),
        coverage: coverages.length === 0 ? 0 : round(coverages.reduce((total, value) => total + value, 0) / coverages.length),
        findings: { critical: sum('findings.critical'), warning: sum('findings.warning'), info: sum('findings.info') },
        added: added.get(at)?.length ?? 0,
        solved: solved.get(at)?.length ?? 0,
      };
    });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
