/** How the report model says what is known and what is not. */
import type { Reason } from '../../agent/wire/vocabulary.ts';

/** A fact, or why it is not there. */
export type Fact<T> = { readonly value: T } | { readonly missing: Missing };
/** Why it is not there; `expired`: it was known, and is kept no longer. */
export type Missing = Reason | 'expired';

/** Rows of which `total` exist; the model may hold fewer. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly total: number;
}
