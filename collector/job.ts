/** A recurring job. Of several collectors on one database one runs it, never twice at a time; a failure waits for the next turn. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { errorFields } from './log.ts';
import type { Database } from './store/database.ts';
import { giveUpLease, takeLease } from './store/lease-store.ts';

export interface JobSpec {
  readonly name: string;
  readonly everyMs: number;
  /** `everywhere`: work that is claimed by rows, so that all collectors may share it. */
  readonly where: 'one-collector' | 'everywhere';
  /** @param signal aborts when the collector stops: end at the next good moment */
  readonly run: (now: number, signal: AbortSignal) => Promise<void>;
}
export interface JobContext {
  readonly database: Database;
  readonly logger: Logger;
  /** This process, unlike any other. */
  readonly holder: string;
  readonly now: () => number;
  readonly onRun?: ((name: string, outcome: 'done' | 'failed', seconds: number) => void) | undefined;
}
/** A lease outlives some turns that come late, and the collector that held it by no more than half a minute. */
const SHORTEST_LEASE_MS = 30_000;

export class Job implements AsyncDisposable {
  readonly #spec: JobSpec;
  readonly #context: JobContext;
  readonly #stop = new AbortController();
  #loop: Promise<void> | undefined;
  constructor(spec: JobSpec, context: JobContext) {
    this.#spec = spec;
    this.#context = context;
  }

  start(): void {
    this.#loop ??= this.#turns();
  }

  async #turns(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const begin = performance.now();
      await this.turn();
      const rest = this.#spec.everyMs - (performance.now() - begin);
      await sleep(Math.max(rest, 10), undefined, { signal }).catch(() => undefined);
    }
  }

  /** One turn, if it is this collector's. Never throws. */
  async turn(): Promise<void> {
    const { name, where, run, everyMs } = this.#spec;
    const { database, logger, holder, now, onRun } = this.#context;
    const begin = performance.now();
    const seconds = (): number => (performance.now() - begin) / 1_000;
    const ttlMs = Math.max(SHORTEST_LEASE_MS, everyMs * 2);
    let renewal: NodeJS.Timeout | undefined;
    try {
      if (where === 'one-collector') {
        if ((await takeLease(database.db, { name, holder, now: now(), ttlMs })) === undefined) return;
        // A run that takes longer than the lease keeps it.
        renewal = setInterval(
          () => void takeLease(database.db, { name, holder, now: now(), ttlMs }).catch((error: unknown) => logger.warn({ job: name, ...errorFields(error) }, 'lease not renewed')),
          ttlMs / 3,
        );
        renewal.unref();
      }
      await run(now(), this.#stop.signal);
      onRun?.(name, 'done', seconds());
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      onRun?.(name, 'failed', seconds());
      logger.error({ job: name, ...errorFields(error) }, 'job failed; next turn as usual');
    } finally {
      clearInterval(renewal);
    }
  }

  /** Waits for the turn that is going on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    const { database, holder } = this.#context;
    if (this.#spec.where === 'one-collector') await giveUpLease(database.db, this.#spec.name, holder).catch(() => undefined);
  }
}
