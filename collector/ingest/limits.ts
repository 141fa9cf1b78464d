/** What one request and all requests together may cost. A body that would cost more is refused before it does. */
export interface IngestLimits {
  /** Bytes of a request's body as they arrive. */
  readonly bodyBytes: number;
  /** Bytes of a request's body after decompression. */
  readonly decompressedBytes: number;
  /** Decompressed bytes per compressed byte. */
  readonly ratio: number;
  /** Bytes of one envelope; a longer one is refused by its receipt, its neighbours are taken. */
  readonly lineBytes: number;
  readonly envelopes: number;
  /** Compressed bytes of requests that wait to be decoded; beyond that callers are told to come back. */
  readonly waitingBytes: number;
  /** Requests between their first byte and their answer. */
  readonly requests: number;
  /** Milliseconds that a body may take to arrive. */
  readonly arrivalMs: number;
  /** Milliseconds that decoding one request may take. */
  readonly decodeMs: number;
}

/** A large cluster's inspection is some 6 MB of JSON and 0.5 MB of gzip; JSON of the contract shrinks 5 to 25 times. */
export const DEFAULT_LIMITS: IngestLimits = {
  bodyBytes: 8 * 1_048_576,
  decompressedBytes: 64 * 1_048_576,
  ratio: 100,
  lineBytes: 12 * 1_048_576,
  envelopes: 100,
  waitingBytes: 48 * 1_048_576,
  requests: 512,
  arrivalMs: 60_000,
  decodeMs: 30_000,
};
