/** What both sides said about a finished report: the facts of its sign-off page. */
import type { Text } from '../../agent/wire/vocabulary.ts';

export const SIGNING_SIDES = ['customer', 'provider'] as const;
export type SigningSide = (typeof SIGNING_SIDES)[number];

/** One side's signature. Times are Unix seconds. */
export interface PartySignature {
  readonly name: string;
  readonly position?: string | undefined;
  /** ISO 8601 day of the paper; left out: signed in the collector's console or over its API. */
  readonly paperDay?: string | undefined;
  readonly at: number;
  /** Whose account it was recorded with. */
  readonly recordedBy?: string | undefined;
  /** Of the document that was signed, hexadecimal. */
  readonly documentSha256: string;
}
/** `lapsed`: the time was over without a word, which counts as confirmed. */
export interface CustomersWord {
  readonly state: 'confirmed' | 'objected' | 'awaited' | 'lapsed';
  /** Until when the customer may speak, Unix seconds. */
  readonly until: number;
  readonly at?: number | undefined;
  readonly by?: string | undefined;
  readonly note?: string | undefined;
}
export interface SignOffState {
  readonly reportId: string;
  readonly title: Text;
  /** Of the stored document, hexadecimal: it is the same before and after. */
  readonly documentSha256: string;
  /** When the document was finished, and when the newest act of this page was; Unix seconds. */
  readonly madeAt: number;
  readonly statedAt: number;
  /** In whose name each side signs. */
  readonly organisations: { readonly [K in SigningSide]?: string | undefined };
  readonly signatures: { readonly [K in SigningSide]?: PartySignature | undefined };
  readonly word?: CustomersWord | undefined;
  /** Of the report, as its signed manifest lists them. */
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}
