/**
 * Leadership among the replicas of the cluster agent, by a Lease (coordination.k8s.io/v1), after client-go's algorithm:
 * a lease is taken when nobody holds it or its holder was not seen to renew for the lease's duration by our own clock, so
 * skewed clocks do no harm. Holding it is no proof of being alone; the transitions count is the fencing epoch that every
 * payload carries, and the reader keeps the highest.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AxiosInstance } from 'axios';
import { axios } from '../runtime/axios.ts';
import type { Reason } from '../wire/vocabulary.ts';
import type { Connection } from './connection.ts';
import { KubeError } from './errors.ts';
import { type Json, numberAt, objectAt, textAt } from './read.ts';

/** client-go's defaults (LeaseDuration 15 s, RenewDeadline 10 s, RetryPeriod 2 s). */
export const LEASE_TIMES = { durationMs: 15_000, renewDeadlineMs: 10_000, retryMs: 2_000 } as const;

export interface LeaseOptions {
  readonly namespace: string;
  readonly name: string;
  /** Unique to this process, e.g. the pod's name and a random part. */
  readonly identity: string;
  readonly durationMs: number;
  readonly renewDeadlineMs: number;
  readonly retryMs: number;
  /** Unix milliseconds, written into the lease. */
  readonly now: () => number;
  /** Monotonic milliseconds, for all decisions. */
  readonly clock: () => number;
  readonly random: () => number;
  /** Told when the Lease cannot be read or written, and `undefined` when it can again; once for each change. */
  readonly onTrouble?: (reason: Reason | undefined) => void;
}

interface Seen {
  /** What the holder last wrote, and when we first saw it. */
  readonly record: string;
  readonly at: number;
}
type Attempt = { readonly held: true; readonly epoch: number } | { readonly held: false };
/** Somebody else was faster: no trouble, the lease is theirs. */
const CONFLICT = 409;

/** Talks to one Lease only. The single write of the product. */
export class LeaderLease {
  readonly #http: AxiosInstance;
  readonly #options: LeaseOptions;
  readonly #path: string;
  #seen: Seen | undefined;
  #trouble: Reason | undefined;

  constructor({ server, headers, agent }: Connection, options: LeaseOptions) {
    this.#options = options;
    this.#path = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(options.namespace)}/leases`;
    this.#http = axios.create({
      baseURL: server.replace(/\/+$/, ''),
      headers: { ...headers, accept: 'application/json', 'user-agent': 'xunjian' },
      httpAgent: agent,
      httpsAgent: agent,
      proxy: false,
      maxRedirects: 0,
      timeout: 5_000,
      maxContentLength: 1024 * 1024,
      validateStatus: () => true,
    });
  }

  /**
   * Waits for the lease, calls `lead` with the fencing epoch and a signal that aborts when the lease is lost, and waits
   * again; until `signal` aborts, then gives the lease back so that another replica need not wait.
   */
  async run(lead: (epoch: number, signal: AbortSignal) => Promise<void>, onChange: (leading: boolean) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const attempt = await this.#try();
      if (attempt.held) await this.#hold(attempt.epoch, lead, onChange, signal);
      else await this.#wait(signal);
    }
  }

  async #hold(epoch: number, lead: (epoch: number, signal: AbortSignal) => Promise<void>, onChange: (leading: boolean) => void, outer: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const signal = AbortSignal.any([outer, lost.signal]);
    onChange(true);
    const work = lead(epoch, signal).catch(() => undefined); // the run reports its own failures
    let renewedAt = this.#options.clock();
    while (!signal.aborted) {
      await this.#wait(signal);
      if (outer.aborted) break;
      const attempt = await this.#try();
      if (attempt.held && attempt.epoch === epoch) renewedAt = this.#options.clock();
      else if (attempt.held || this.#options.clock() - renewedAt > this.#options.renewDeadlineMs) lost.abort();
      else if (this.#takenByAnother) lost.abort();
    }
    onChange(false);
    const ended = new AbortController(); // a timer that goes on would keep the process
    await Promise.race([work, sleep(this.#options.renewDeadlineMs, undefined, { signal: ended.signal }).catch(() => undefined)]);
    ended.abort();
    if (outer.aborted) await this.#release();
  }

  #takenByAnother = false;

  /** One attempt to take or renew. An unreachable API server is an attempt that failed, not an error. */
  async #try(): Promise<Attempt> {
    this.#takenByAnother = false;
    try {
      const current = await this.#get();
      if (!current) return await this.#create();
      const spec = objectAt(current, 'spec');
      const holder = textAt(spec, 'holderIdentity') ?? '';
      const record = `${holder}|${textAt(spec, 'renewTime') ?? ''}|${numberAt(spec, 'leaseTransitions') ?? 0}`;
      if (this.#seen?.record !== record) this.#seen = { record, at: this.#options.clock() };
      const mine = holder === this.#options.identity;
      const theirMs = (numberAt(spec, 'leaseDurationSeconds') ?? this.#options.durationMs / 1_000) * 1_000;
      if (!mine && holder !== '' && this.#options.clock() - this.#seen.at < theirMs) {
        this.#takenByAnother = true;
        this.#tell(undefined);
        return { held: false };
      }
      return await this.#replace(current, mine);
    } catch (error) {
      this.#tell(error instanceof KubeError ? error.reason : 'unreachable');
      return { held: false };
    }
  }
  #tell(trouble: Reason | undefined): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#options.onTrouble?.(trouble);
  }

  async #get(): Promise<Json | undefined> {
    const { status, data } = await this.#http.get<unknown>(`${this.#path}/${encodeURIComponent(this.#options.name)}`);
    if (status === 404) return undefined;
    assertOk(status, 200);
    return objectAt(data);
  }
  async #create(): Promise<Attempt> {
    const { namespace, name } = this.#options;
    const time = this.#time();
    const epoch = this.#epochAfter(0);
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, spec: this.#spec(time, time, epoch) };
    const { status } = await this.#http.post(this.#path, lease);
    if (status === CONFLICT) return { held: false };
    assertOk(status, 201);
    this.#tell(undefined);
    return { held: true, epoch };
  }
  /** The API server refuses the update when somebody else wrote in between (resourceVersion). */
  async #replace(current: Json, mine: boolean): Promise<Attempt> {
    const transitions = numberAt(current, 'spec', 'leaseTransitions') ?? 0;
    const epoch = mine ? transitions : this.#epochAfter(transitions);
    const acquired = mine ? (textAt(current, 'spec', 'acquireTime') ?? this.#time()) : this.#time();
    const { status } = await this.#http.put(`${this.#path}/${encodeURIComponent(this.#options.name)}`, { ...current, spec: this.#spec(acquired, this.#time(), epoch) });
    if (status === CONFLICT) return { held: false };
    assertOk(status, 200);
    this.#tell(undefined);
    return { held: true, epoch };
  }
  async #release(): Promise<void> {
    try {
      const current = await this.#get();
      if (!current || textAt(current, 'spec', 'holderIdentity') !== this.#options.identity) return;
      const spec = { ...objectAt(current, 'spec'), holderIdentity: '', leaseDurationSeconds: 1, renewTime: this.#time() };
      await this.#http.put(`${this.#path}/${encodeURIComponent(this.#options.name)}`, { ...current, spec });
    } catch {
      // not given back: it runs out by itself
    }
  }

  /**
   * The next fencing epoch: at least the minutes since 1970, so that a Lease that was deleted with its release and made again does not
   * begin below what collectors have heard: they would take its leader for one that was replaced.
   */
  #epochAfter(transitions: number): number {
    return Math.max(transitions + 1, Math.floor(this.#options.now() / 60_000));
  }
  #spec(acquireTime: string, renewTime: string, leaseTransitions: number): object {
    return { holderIdentity: this.#options.identity, leaseDurationSeconds: Math.max(1, Math.round(this.#options.durationMs / 1_000)), acquireTime, renewTime, leaseTransitions };
  }
  /** MicroTime of the API: six digits. */
  #time(): string {
    return new Date(this.#options.now()).toISOString().replace('Z', '000Z');
  }
  async #wait(signal: AbortSignal): Promise<void> {
    await sleep(this.#options.retryMs * (1 + this.#options.random() * 0.2), undefined, { signal }).catch(() => undefined);
  }
}

/** @throws KubeError with the closed word for the status */
function assertOk(status: number, wanted: number): void {
  if (status === wanted) return;
  throw new KubeError(status === 401 ? 'unauthorized' : status === 403 ? 'forbidden' : status === 404 ? 'not-served' : status === 429 ? 'throttled' : 'unreachable', status);
}
