/** Walking the rows of section `nodes`: what most checks about nodes have in common. */
import type { Scope } from '../wire/inspection.ts';
import type { Sections } from '../wire/section-values.ts';
import type { Violation } from './check.ts';

export type NodeRow = Sections['nodes']['rows'][number];

export function nodeScope(name: string): Scope {
  return { kind: 'Node', name };
}

/** Whole minutes since a time; a time in the future counts as now. */
export function minutesSince(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / 60));
}

/**
 * Nodes in a state that has held for at least `afterMinutes`. A state whose beginning is not told counts as old.
 * @param since beginning of the state, `'unknown'` when it holds but nobody tells since when, `undefined` when it does not hold
 */
export function inStateFor(rows: readonly NodeRow[], afterMinutes: number, now: number, since: (row: NodeRow) => number | 'unknown' | undefined): readonly Violation[] {
  return rows.flatMap((row): readonly Violation[] => {
    const began = since(row);
    if (began === undefined) return [];
    if (began === 'unknown') return [{ scope: nodeScope(row.name), threshold: afterMinutes }];
    const minutes = minutesSince(began, now);
    return minutes >= afterMinutes ? [{ scope: nodeScope(row.name), observed: minutes, threshold: afterMinutes }] : [];
  });
}

/** Numbers of a version's beginning: "5.10.0-216…" → [5, 10]; `undefined` when it has none. */
export function majorMinor(version: string | undefined): readonly [number, number] | undefined {
  const match = /^v?(\d{1,6})\.(\d{1,6})/.exec(version ?? '');
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}
/** Whether `version` comes before `limit`, by major and minor number. */
export function isOlder(version: readonly [number, number], limit: readonly [number, number]): boolean {
  return version[0] < limit[0] || (version[0] === limit[0] && version[1] < limit[1]);
}

/** Most different values among nodes of one processor architecture; nodes that tell none are left out. */
export function mostVariants(rows: readonly NodeRow[], pick: (row: NodeRow) => string | undefined): number {
  const byArchitecture = new Map<string, Set<string>>();
  for (const row of rows) {
    const value = pick(row);
    if (value !== undefined) byArchitecture.set(row.architecture, (byArchitecture.get(row.architecture) ?? new Set()).add(value));
  }
  return Math.max(0, ...[...byArchitecture.values()].map(({ size }) => size));
}
