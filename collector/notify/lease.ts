/**
 * Keeps claimed messages ours while they are being sent. When that does not succeed in time (the database is away, the process was
 * asleep), what is under way is broken off before another worker may begin with it.
 */
export interface LeaseOptions {
  readonly leaseMs: number;
  readonly renew: () => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

const RENEWALS_IN_A_LEASE = 3;
/** The share of a lease before whose end sending stops: clocks of collectors differ a little, and stopping takes a moment. */
const SAFETY = 1 / 6;

export class Lease {
  readonly #options: LeaseOptions;
  readonly #lost = new AbortController();
  /** Of the monotonic clock. */
  #heldUntil: number;
  #timer: NodeJS.Timeout | undefined;
  #nextRenewal: number;
  #renewing = false;

  /** Make it before the claim: from that moment on the lease counts. */
  constructor(options: LeaseOptions) {
    this.#options = options;
    const begin = performance.now();
    this.#heldUntil = begin + options.leaseMs;
    this.#nextRenewal = begin + options.leaseMs / RENEWALS_IN_A_LEASE;
  }

  /** Aborted when the claim may be another's. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#options.leaseMs / 30);
  }
  end(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const { leaseMs, onFault } = this.#options;
    const at = performance.now();
    if (at >= this.#heldUntil - leaseMs * SAFETY) {
      this.end();
      this.#lost.abort(new DOMException('the claim ran out', 'AbortError'));
      return;
    }
    if (this.#renewing || at < this.#nextRenewal) return;
    this.#renewing = true;
    this.#options
      .renew()
      .then(() => {
        this.#heldUntil = at + leaseMs;
        this.#nextRenewal = at + leaseMs / RENEWALS_IN_A_LEASE;
      }, onFault)
      .finally(() => {
        this.#renewing = false;
      });
  }
}
