/** How the report model says what is known and what is not. */
import type { Reason } from '../../agent/wire/vocabulary.ts';

/** A fact, or why it is not there. */
export type Fact<T> = { readonly value: T } | { readonly missing: Reason };

/** Rows of which `total` exist; the model may hold fewer. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly total: number;
}
