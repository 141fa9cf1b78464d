/** Counts of known kernel lines and the times they stand at. Memory is one row a rule, however long the log. */
import type { Sections } from '../../../wire/section-values.ts';
import { KERNEL_RULES, type KernelRule } from '../../../wire/sections/host/services-kernel.ts';
import { ruleOf } from './kernel-rules.ts';

export const DAY_SECONDS = 86_400;
/** Clocks of machines differ; a line from further in the future has no usable time. */
const FUTURE_SECONDS = 3_600;

export type KernelEvent = Sections['kernelLog']['events'][number];
interface Row {
  last24h: number;
  total: number;
  firstAt?: number;
  lastAt?: number;
}

export class KernelCounts {
  readonly #now: number;
  readonly #rows = new Map<KernelRule, Row>();
  lines = 0;
  oldestAt: number | undefined;

  /** @param now Unix seconds */
  constructor(now: number) {
    this.#now = now;
  }

  /**
   * @param message a kernel line without its time stamp
   * @param at Unix seconds, `undefined` when the line does not tell: such a line counts in the total only
   * @param times how often it stands there (syslog folds repetitions)
   */
  add(message: string, at: number | undefined, times = 1): void {
    this.lines += 1;
    const when = at !== undefined && at > 0 && at <= this.#now + FUTURE_SECONDS ? Math.min(at, this.#now) : undefined;
    if (when !== undefined && (this.oldestAt === undefined || when < this.oldestAt)) this.oldestAt = when;
    const rule = ruleOf(message);
    if (rule === undefined) return;
    const row = this.#rows.get(rule) ?? { last24h: 0, total: 0 };
    this.#rows.set(rule, row);
    row.total += times;
    if (when === undefined) return;
    if (when > this.#now - DAY_SECONDS) row.last24h += times;
    row.firstAt = Math.min(row.firstAt ?? when, when);
    row.lastAt = Math.max(row.lastAt ?? when, when);
  }

  /** Whether the lines reach back a whole day. */
  get coversDay(): boolean {
    return this.oldestAt !== undefined && this.oldestAt <= this.#now - DAY_SECONDS;
  }

  events(): readonly KernelEvent[] {
    return KERNEL_RULES.flatMap((rule) => {
      const row = this.#rows.get(rule);
      return row ? [{ rule, ...row }] : [];
    });
  }
}
