import type { Reason } from '../wire/vocabulary.ts';

/** A request to the API server failed. Carries closed words and a status only, never a body. */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  readonly reason: Reason;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  constructor(reason: Reason, status?: number, options?: ErrorOptions) {
    super(`API server: ${reason}${status === undefined ? '' : ` (${status})`}`, options);
    this.reason = reason;
    this.status = status;
  }
}
