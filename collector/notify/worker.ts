/**
 * Sends what the outbox holds. Any number of workers on one database; a message that was sent but not marked (a crash between
 * the two) is sent once more with the same event id, so that receivers can tell.
 */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { NotificationStore } from '../store/notification-store.ts';
import { type Claimed, claim } from '../store/outbox-claim.ts';
import { release, renew } from '../store/outbox-lease.ts';
import { bury, markFailed, markSent } from '../store/outbox-outcome.ts';
import { attachable } from '../store/report-store.ts';
import type { TargetStore } from '../store/target-store.ts';
import { type AddressGuard, guardAddresses, UNGUARDED } from './address-guard.ts';
import { backoffMs } from './backoff.ts';
import { Lease } from './lease.ts';
import type { NotifyMetrics } from './metrics.ts';
import { SendError } from './send-error.ts';
import { summarize } from './summary.ts';
import { limitOf, targetKind } from './targets/registry.ts';
import type { Receipt } from './targets/target.ts';
import { SUPERSEDED } from './topic.ts';

export interface WorkerOptions {
  readonly database: Database;
  readonly targets: TargetStore;
  readonly metrics: NotifyMetrics;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: WorkerLog;
  /** Whether this collector can send at all; asked before every turn. Default: yes. */
  readonly mayWork?: (() => Promise<boolean>) | undefined;
  /** Networks that customers' targets may lead to although they are not public, CIDR. */
  readonly allowedNetworks?: readonly string[] | undefined;
  readonly pollMs?: number | undefined;
  /** Nobody else takes a message for so long after the last sign of life of the worker that sends it. */
  readonly leaseMs?: number | undefined;
  /** For one attempt. */
  readonly deadlineMs?: number | undefined;
  /** A message that could not be sent for so long is dead. */
  readonly giveUpAfterMs?: number | undefined;
  readonly concurrency?: number | undefined;
}
export interface WorkerLog {
  readonly warn: (fields: Readonly<Record<string, unknown>>, text: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, text: string) => void;
}

const POLL_MS = 1_000;
/** A collector that dies leaves its messages to the others after so long; one that lives renews its claim three times in that time. */
const LEASE_MS = 30_000;
const DEADLINE_MS = 60_000;
const GIVE_UP_MS = 7 * 86_400_000;
const CONCURRENCY = 16;
const MEASURE_MS = 15_000;
/** Mailboxes refuse much more; what does not fit is behind the link. */
const MOST_ATTACHED_BYTES = 10 * 1024 * 1024;
/** A target that is back gets what it missed within this time. */
const MOST_AFTER_REST_MS = 5 * 60_000;

export class NotificationWorker implements AsyncDisposable {
  readonly #options: WorkerOptions;
  readonly #store: NotificationStore;
  readonly #guard: AddressGuard;
  readonly #stop = new AbortController();
  #wake = Promise.withResolvers<void>();
  #loop: Promise<void> | undefined;
  #measuredAt = Number.NEGATIVE_INFINITY;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#store = new NotificationStore(options.database);
    this.#guard = guardAddresses(options.allowedNetworks);
  }

  start(): void {
    this.#loop ??= this.#run();
  }
  /** Call after the commit of something that planned messages: they need not wait for the next turn. */
  wake(): void {
    this.#wake.resolve();
  }
  /** Messages on their way get their deadline, those that were only claimed go back. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#wake.resolve();
    await this.#loop;
  }

  /** One turn. @returns messages that were attempted */
  async runOnce(): Promise<number> {
    const { database, now, log, leaseMs = LEASE_MS, concurrency = CONCURRENCY } = this.#options;
    if (this.#options.mayWork && !(await this.#options.mayWork())) return 0;
    const token = randomUUID();
    const lease = new Lease({ leaseMs, renew: async () => await renew(database, token, now() + leaseMs), onFault: (err) => log.warn({ err }, 'a claim could not be renewed') });
    const claimed = await claim(database, {
      token,
      now: now(),
      leaseMs,
      most: concurrency,
      limitOf: ({ kind, config }) => limitOf(kind, config),
      merge: summarize,
      superseded: [...SUPERSEDED],
    });
    if (claimed.length > 0 && this.#stop.signal.aborted) {
      await release(database, token);
      return 0;
    }
    if (claimed.length > 0) await this.#deliverAll(claimed, lease);
    await this.#measure();
    return claimed.length;
  }

  async #run(): Promise<void> {
    const { pollMs = POLL_MS, log } = this.#options;
    while (!this.#stop.signal.aborted) {
      try {
        const attempted = await this.runOnce();
        if (attempted > 0) continue;
      } catch (error) {
        log.error({ err: error }, 'the outbox could not be read'); // the database is away: it comes back or others notice
      }
      await Promise.race([this.#wake.promise, sleep(pollMs, undefined, { signal: this.#stop.signal }).catch(() => undefined)]);
      this.#wake = Promise.withResolvers<void>();
      if (this.#stop.signal.aborted) this.#wake.resolve();
    }
  }

  async #deliverAll(claimed: readonly Claimed[], lease: Lease): Promise<void> {
    lease.start();
    try {
      const ended = await Promise.allSettled(claimed.map((one) => this.#deliver(one, lease.signal)));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
    } finally {
      lease.end();
    }
  }

  async #deliver(claimed: Claimed, held: AbortSignal): Promise<void> {
    const { database, metrics, now, log } = this.#options;
    const { target, notification } = claimed;
    let receipt: Receipt;
    try {
      receipt = await this.#send(claimed, held);
    } catch (error) {
      const failure = error instanceof SendError ? error : new SendError('misconfigured', error instanceof Error ? error.name : '');
      metrics.failed(target.kind, failure.failure);
      const fields = { target: target.id, kind: target.kind, notification: notification.id, attempts: notification.attempts, failure: failure.failure };
      log.warn(fields, 'a notification could not be sent');
      if ((await this.#fail(claimed, failure)) === 'dead') {
        metrics.dead(target.kind);
        log.error(fields, 'a notification was given up');
      }
      return;
    }
    if (await markSent(database, claimed, receipt, now())) metrics.sent(target.kind, claimed.isRepeat);
    else log.warn({ target: target.id, notification: notification.id }, 'a notification was sent after its lease had ended');
  }

  async #send({ notification, target }: Claimed, held: AbortSignal): Promise<Receipt> {
    const { targets, now, deadlineMs = DEADLINE_MS } = this.#options;
    const { secrets } = await targets.open(target.id).catch(() => {
      throw new SendError('misconfigured', 'the secrets of the target cannot be opened');
    });
    const { report } = notification.message;
    const attachments = report && target.kind === 'email' ? await attachable(this.#options.database.db, report.id, MOST_ATTACHED_BYTES) : undefined;
    return await targetKind(target.kind).send(target.config, secrets, {
      eventId: eventIdOf(notification.dedup),
      message: notification.message,
      now: now(),
      signal: AbortSignal.any([AbortSignal.timeout(deadlineMs), held]),
      guard: target.customerId === null ? UNGUARDED : this.#guard,
      attachments,
    });
  }

  async #fail(claimed: Claimed, error: SendError): Promise<'again' | 'dead' | 'lost'> {
    const { database, now, random, giveUpAfterMs = GIVE_UP_MS } = this.#options;
    const { notification, target } = claimed;
    const at = now();
    const tooOld = at - notification.createdAt >= giveUpAfterMs;
    const ownAt = at + backoffMs(notification.attempts, random(), error.retryAfterMs);
    const pausedUntil = error.isOfTarget ? at + backoffMs(target.failures + 1, random(), error.retryAfterMs) : undefined;
    // After the target's rest another message is asked first: one that breaks the receiver must not keep all the others.
    const nextAt = pausedUntil === undefined ? ownAt : Math.max(pausedUntil + 1, Math.min(ownAt, at + MOST_AFTER_REST_MS));
    return await markFailed(
      database,
      claimed,
      { failure: error.failure, text: error.text, isFinal: error.isFinal || tooOld, nextAt, ...(pausedUntil !== undefined && { pausedUntil }) },
      at,
    );
  }

  async #measure(): Promise<void> {
    const at = this.#options.now();
    if (at - this.#measuredAt < MEASURE_MS) return;
    this.#measuredAt = at;
    const { database, metrics, log, giveUpAfterMs = GIVE_UP_MS } = this.#options;
    for (const { id, kind } of await bury(database, at - giveUpAfterMs, at)) {
      metrics.dead(kind);
      log.error({ notification: id, kind }, 'a notification was given up');
    }
    const { pending, dead, oldestAt } = await this.#store.depth();
    metrics.depth(pending, dead, oldestAt === undefined ? 0 : Math.max(0, at - oldestAt));
  }
}

/** Looks like a UUID, and is the same for the same message on every collector. */
export function eventIdOf(dedup: string): string {
  const hex = createHash('sha256').update(dedup).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
