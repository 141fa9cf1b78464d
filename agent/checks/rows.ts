/** Judging the rows of a list one by one: what checks about mounts, disks and interfaces share. */
import type { Reason } from '../wire/vocabulary.ts';
import { type Outcome, unknown, type Violation } from './check.ts';

interface About {
  readonly kind: 'Mount' | 'Disk' | 'Interface';
  /** Name of the inspected host. */
  readonly host: string;
  /** Why a row may not tell what is asked. */
  readonly missing: Reason;
}

/**
 * Violations of all rows, each about the thing that its row names. A row that is judged `undefined` does not tell: then
 * the check can find, but never pass.
 */
export function judgeRows<R extends { readonly name: string }>(rows: readonly R[], { kind, host, missing }: About, judge: (row: R) => readonly Violation[] | undefined): Outcome {
  const violations: Violation[] = [];
  let silent = 0;
  for (const row of rows) {
    const found = judge(row);
    if (found === undefined) silent += 1;
    for (const violation of found ?? []) violations.push({ ...violation, scope: { kind, node: host, name: row.name } });
  }
  return violations.length === 0 && silent > 0 ? unknown(missing) : violations;
}
