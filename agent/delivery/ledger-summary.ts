/** What a ledger adds up to: how much was sent, what of it has no receipt, and whether the record is whole. */
import type { LedgerFault, LedgerReading } from './ledger.ts';

export interface LedgerSummary {
  readonly lines: number;
  /** Removed for their age. */
  readonly removed: number;
  readonly payloads: number;
  readonly unanswered: number;
  /** Digest of the last line, empty before the first. */
  readonly root: string;
  readonly faults: readonly LedgerFault[];
}
const TAKEN: ReadonlySet<string> = new Set(['accepted', 'duplicate', 'quarantined']);

export function summaryOf({ lines, faults, removed }: LedgerReading): LedgerSummary {
  const sent = new Set(lines.flatMap(({ what, id }) => (what === 'sending' ? [id] : [])));
  const answered = new Set(lines.flatMap(({ what, id, answer }) => (what === 'receipt' && answer !== undefined && TAKEN.has(answer) ? [id] : [])));
  const unanswered = [...sent].filter((id) => !answered.has(id)).length;
  return { lines: lines.length, removed, payloads: sent.size, unanswered, root: lines.at(-1)?.hash ?? '', faults };
}
