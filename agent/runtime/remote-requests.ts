/**
 * What the collector asks, and whether this agent does it: only what the site lets be asked, each request once, one inspection in ten
 * minutes however many are asked for, and only while the site lets inspections leave. A replica that waits for its Lease hears nothing.
 */
import { join } from 'node:path';
import { readIfThere, writePrivate } from '../site/private-file.ts';
import type { AgentRequest, Refusal, RequestReport, Takes } from '../wire/request.ts';
import type { RunNow } from './schedule.ts';

export interface RemoteRequestOptions {
  readonly stateDir: string;
  readonly takes: Takes;
  /** Unix milliseconds, for what outlives the process; and monotonic ones. */
  readonly now: () => number;
  readonly clock: () => number;
  /** Whether inspections leave the site now. */
  readonly mayLeave: () => Promise<boolean>;
  /** Inspections with a result so far: whether one more has had one. */
  readonly results: () => number;
  /** There is news for the next heartbeat. @param isAwaited somebody looks at it */
  readonly onReport: (report: RequestReport, isAwaited: boolean) => void;
}

/** Shortest time between two inspections that were asked for. */
export const LEAST_APART_MS = 10 * 60_000;
const MOST_KNOWN = 64;
/** Below the state directory: when the last one that was asked for began. */
const LAST_FILE = 'last-request';

export class RemoteRequests {
  readonly #options: RemoteRequestOptions;
  readonly #known = new Set<number>();
  #runNow: RunNow | undefined;
  #report: RequestReport | undefined;
  /** One at a time. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: RemoteRequestOptions) {
    this.#options = options;
  }

  /** What became of the newest request. */
  get report(): RequestReport | undefined {
    return this.#report;
  }
  /** How to inspect now; `undefined` while another replica leads, whose reports then count. */
  lead(runNow: RunNow | undefined): void {
    this.#runNow = runNow;
    if (!runNow) this.#report = undefined;
  }
  /** Takes up what is new. Returns at once. */
  hear(requests: readonly AgentRequest[]): void {
    if (!this.#runNow) return;
    for (const request of requests) {
      if (this.#known.has(request.id)) continue;
      this.#known.add(request.id);
      const [oldest] = this.#known;
      if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
      const lateAt = this.#options.clock() + request.validSeconds * 1_000;
      this.#queue = this.#queue.then(() => this.#answer(request.id, lateAt)).catch(() => this.#say({ id: request.id, state: 'refused', refusal: 'failed' }));
    }
  }

  async #answer(id: number, lateAt: number): Promise<void> {
    const { now, clock, results } = this.#options;
    const runNow = this.#runNow;
    if (!runNow) return;
    const refusal = await this.#refusal(lateAt);
    if (refusal) return this.#say({ id, state: 'refused', refusal });
    await writePrivate(join(this.#options.stateDir, LAST_FILE), `${now()}\n`);
    this.#say({ id, state: 'accepted' });
    const before = results();
    let isLate = false;
    const isDone = await runNow(() => {
      isLate = clock() > lateAt;
      if (!isLate) this.#say({ id, state: 'inspecting' });
      return !isLate;
    });
    if (isLate) return this.#say({ id, state: 'refused', refusal: 'too-late' });
    if (!isDone) return; // the agent ends, or leads no more
    this.#say(results() > before ? { id, state: 'inspected' } : { id, state: 'refused', refusal: 'failed' });
  }
  async #refusal(lateAt: number): Promise<Refusal | undefined> {
    const { takes, mayLeave, now, clock, stateDir } = this.#options;
    if (takes !== 'inspect') return 'not-allowed';
    if (clock() > lateAt) return 'too-late';
    if (!(await mayLeave())) return 'withheld';
    const last = Number((await readIfThere(join(stateDir, LAST_FILE)))?.toString('utf8').trim() ?? 0);
    // A clock that was set back must not close the door for long.
    return Number.isFinite(last) && now() >= last && now() - last < LEAST_APART_MS ? 'too-often' : undefined;
  }
  #say(report: RequestReport): void {
    if (!this.#runNow) return;
    this.#report = report;
    // What was refused may wait for the next heartbeat: a collector that asks too much makes no traffic.
    this.#options.onReport(report, report.state !== 'refused' || report.refusal === 'failed' || report.refusal === 'too-late');
  }
}
