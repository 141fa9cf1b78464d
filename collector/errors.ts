/** What can go wrong in a way that a caller is told: a closed list of codes, each with a sentence that says what to do. */
import type { Text } from '../agent/wire/vocabulary.ts';

export const ERROR_CODES = ['invalid', 'unauthenticated', 'forbidden', 'not-found', 'conflict', 'too-large', 'too-many', 'unavailable', 'unsupported'] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** `message` is for people and never quotes secrets; `details` is machine-readable and safe to show to the caller. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  /** Seconds after which trying again makes sense; only with `too-many` and `unavailable`. */
  readonly retryAfterSeconds: number | undefined;
  /** The same for readers of pages, in their language. */
  readonly text: Text | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly details?: Readonly<Record<string, unknown>>; readonly retryAfterSeconds?: number; readonly cause?: unknown; readonly text?: Text } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.text = options.text;
  }
}
/** Also what a reader gets for things of other tenants: their existence is not told. */
export function notFound(what: string): AppError {
  return new AppError('not-found', `no such ${what}`);
}
