/** Reading counts of kernel log lines: the step that every check of the kernel log ends in. */
import type { Sections } from '../wire/section-values.ts';
import type { KernelRule } from '../wire/sections/host/services-kernel.ts';
import type { Violation } from './check.ts';
import { above } from './levels.ts';

type KernelLog = Sections['kernelLog'];
interface Limits {
  readonly info?: number;
  readonly warning?: number;
  readonly critical?: number;
}

/** Lines of the last 24 hours that one of the rules matched. */
export function loggedToday({ events }: KernelLog, rules: readonly KernelRule[], limits: Limits): readonly Violation[] {
  return above(
    count(
      events.map(({ rule, last24h }) => ({ rule, lines: last24h })),
      rules,
    ),
    limits,
  );
}

/** Lines since boot: for states that last until the machine is restarted. */
export function loggedSinceBoot({ events, bootAt = 0 }: KernelLog, rules: readonly KernelRule[], limits: Limits): readonly Violation[] {
  return above(
    count(
      events.map(({ rule, total, lastAt = bootAt }) => ({ rule, lines: lastAt >= bootAt ? total : 0 })),
      rules,
    ),
    limits,
  );
}

function count(rows: readonly { rule: KernelRule; lines: number }[], rules: readonly KernelRule[]): number {
  let out = 0;
  for (const { rule, lines } of rows) if (rules.includes(rule)) out += lines;
  return out;
}
