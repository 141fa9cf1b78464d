/** Judging instances and members of middleware: what all checks of the area share. */
import type { Sections } from '../wire/section-values.ts';
import type { Mode, Reach } from '../wire/sections/middleware/products.ts';
import { type Reason, SEVERITIES } from '../wire/vocabulary.ts';
import { notApplicable, type Outcome, unknown, type Violation } from './check.ts';

/** What every row of an instance or of one of its members says. */
export interface InstanceRow {
  readonly instance: string;
  readonly reach: Reach;
}
/** What is wrong; `silent`: the row does not tell; `other`: the check is not about an instance of this mode or kind. */
export type Judgement = readonly Omit<Violation, 'scope'>[] | 'silent' | 'other';

/**
 * Violations of all rows, each about its instance. Rows of members: the worst of an instance counts. A silent row keeps the
 * check from passing; where all rows are of another kind the check does not apply.
 */
export function judgeInstances<R extends InstanceRow>(rows: readonly R[], judge: (row: R) => Judgement): Outcome {
  const worst = new Map<string, Violation>();
  let silent: R | undefined;
  let others = 0;
  for (const row of rows) {
    const judgement = judge(row);
    if (judgement === 'silent') silent ??= row;
    else if (judgement === 'other') others += 1;
    else
      for (const violation of judgement) {
        const before = worst.get(row.instance);
        if (before === undefined || rank(violation) < rank(before)) worst.set(row.instance, { scope: { kind: 'Instance', name: row.instance }, ...violation });
      }
  }
  if (worst.size > 0) return [...worst.values()];
  if (silent) return unknown(reasonOfReach(silent.reach));
  return rows.length > 0 && others === rows.length ? notApplicable() : [];
}

/** The judgement of one number that may not be told. */
export function told<T>(value: T | undefined, judge: (value: T) => readonly Omit<Violation, 'scope'>[]): Judgement {
  return value === undefined ? 'silent' : judge(value);
}
/**
 * A day's share of what a server counted, rounded up: since the inspection before, else since it started. Of less than a day, all of it.
 * @param recent grown within `recentSeconds`
 */
export function perDay(total: number | undefined, uptimeSeconds = 0, recent?: number, recentSeconds = 0): number | undefined {
  if (recent !== undefined) return dayShare(recent, recentSeconds);
  return total === undefined ? undefined : dayShare(total, uptimeSeconds);
}
/** Less than one in two days is nothing that goes on. */
function dayShare(count: number, seconds: number): number {
  return Math.round(count / Math.max(1, seconds / 86_400));
}

/** Violation when true; nothing when false. */
export function wrongWhen(isWrong: boolean | undefined, violation: Omit<Violation, 'scope'> = {}): Judgement {
  if (isWrong === undefined) return 'silent';
  return isWrong ? [violation] : [];
}

/** Silence, while its pods pass their probes: a network policy between it and us is likelier than that it is down. */
export function isShut({ place, ready = 0, reach, answered }: Pick<Sections['middleware']['rows'][number], 'place' | 'ready' | 'reach' | 'answered'>): boolean {
  return place === 'cluster' && ready > 0 && answered === 0 && reach === 'timeout';
}

/** Instances of one mode: `modes.get(row.instance)`. */
export function modesOf(rows: readonly { readonly instance: string; readonly mode: Mode }[]): ReadonlyMap<string, Mode> {
  return new Map(rows.map(({ instance, mode }) => [instance, mode]));
}

/** Of a Java virtual machine: a fatal error log is a crash, a heap dump alone a warning. */
export function dumpsLeft({ heapDumps, fatalErrorLogs }: { readonly heapDumps?: number | undefined; readonly fatalErrorLogs?: number | undefined }): Judgement {
  if (heapDumps === undefined || fatalErrorLogs === undefined) return 'silent';
  if (fatalErrorLogs > 0) return [{ observed: fatalErrorLogs, severity: 'critical' }];
  return heapDumps > 0 ? [{ observed: heapDumps }] : [];
}

const REASON_BY_REACH: Readonly<Record<Reach, Reason>> = {
  ok: 'not-reported',
  partial: 'forbidden',
  'credentials-missing': 'unauthorized',
  'wrong-credentials': 'unauthorized',
  'no-rights': 'forbidden',
  'credentials-unreadable': 'unauthorized',
  'tls-mismatch': 'tls-mismatch',
  timeout: 'timeout',
  refused: 'unreachable',
  unresolved: 'unreachable',
  protocol: 'malformed',
  'too-large': 'too-large',
  'over-budget': 'truncated',
  blackout: 'blackout',
  'not-addressed': 'unreachable',
  'files-only': 'not-reported',
  failed: 'failed',
};
/** Whether anything was told of it. */
export function wasRead(reach: Reach): boolean {
  return reach === 'ok' || reach === 'partial' || reach === 'files-only';
}
/** Whether anybody tried to connect: of what was never asked nobody knows whether it is up. */
export function wasAsked(reach: Reach): boolean {
  return !NEVER_ASKED.has(reach);
}
const NEVER_ASKED: ReadonlySet<Reach> = new Set<Reach>(['blackout', 'not-addressed', 'credentials-unreadable', 'failed']);
export function reasonOfReach(reach: Reach): Reason {
  return REASON_BY_REACH[reach];
}
function rank({ severity }: Omit<Violation, 'scope'>): number {
  return severity === undefined ? 1 : SEVERITIES.indexOf(severity);
}
