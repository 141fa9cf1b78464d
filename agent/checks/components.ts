/** Steps that the checks of node components share: one finding for each component, not for each of its processes. */
import type { Sections } from '../wire/section-values.ts';
import type { CheckContext, Outcome, Violation } from './check.ts';
import { unknown } from './check.ts';

export type ProcessRow = Sections['componentLimits']['processes'][number];
export type StaticPodRow = Sections['staticPods']['pods'][number];

/**
 * Judges the worst process of each component.
 * @param measure higher is worse; `undefined` where the process does not tell
 * @returns unknown when no process tells the value
 */
export function judgeWorst(
  rows: readonly ProcessRow[],
  measure: (row: ProcessRow) => number | undefined,
  judge: (row: ProcessRow) => readonly Violation[],
  { host }: CheckContext,
): Outcome {
  const worst = new Map<string, { row: ProcessRow; value: number }>();
  for (const row of rows) {
    const value = measure(row);
    const known = worst.get(row.component);
    if (value !== undefined && (known === undefined || value > known.value)) worst.set(row.component, { row, value });
  }
  if (worst.size === 0) return unknown();
  return [...worst.values()].flatMap(({ row }) =>
    judge(row).map((violation) => ({ ...violation, scope: { kind: 'Unit', node: host, name: `${row.component}.service` } as const })),
  );
}

/** One finding for each kind of static pod that a condition holds for. */
export function flaggedPods(rows: readonly StaticPodRow[], judge: (row: StaticPodRow) => Violation | undefined, { host }: CheckContext): readonly Violation[] {
  const found = new Map<string, Violation>();
  for (const row of rows) {
    const violation = judge(row);
    if (violation && !found.has(row.component)) found.set(row.component, { ...violation, scope: { kind: 'Pod', node: host, namespace: 'kube-system', name: row.component } });
  }
  return [...found.values()];
}
