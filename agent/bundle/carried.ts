/** One payload on its way into a bundle. */

import type { SealedPayload } from '../wire/encode-values.ts';
import type { EnvelopeHeader } from '../wire/envelope.ts';

export interface Carried {
  readonly header: EnvelopeHeader;
  /** The payload's JSON, as it was sealed. */
  readonly json: SealedPayload['json'];
}

/** Seconds since 1970: payloads kept from (inclusive; left out: since ever) to (exclusive). */
export interface CarriedPeriod {
  readonly from?: number | undefined;
  readonly to: number;
}
export function isWithin({ from, to }: CarriedPeriod, keptAt: number): boolean {
  return (from === undefined || keptAt >= from) && keptAt < to;
}
