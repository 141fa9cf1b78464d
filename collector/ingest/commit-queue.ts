/** Requests that arrive together share one transaction: a disk is asked to be sure once for many of them. */
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import type { Receipt } from '../../agent/wire/envelope.ts';
import { AppError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { applyItems, type Item, type OnSignals, type OnTaken, setAside } from './apply.ts';

interface Waiting {
  readonly items: readonly Item[];
  readonly resolve: (receipts: readonly Receipt[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface CommitOptions {
  readonly database: Database;
  readonly onSignals: OnSignals;
  readonly onTaken?: OnTaken | undefined;
  /** Payloads in one transaction. */
  readonly groupItems: number;
  /** Payloads that may wait for theirs. */
  readonly queueItems: number;
  /** Milliseconds that the first of a group waits for others, */
  readonly windowMs: number;
  /** and the most that it waits for those that are on their way. */
  readonly patienceMs: number;
  /** Payloads that are still being decoded. */
  readonly onTheWay: () => number;
  /** Told what went wrong with a payload that was set aside. */
  readonly onFailure: (error: unknown) => void;
  readonly onGroup: (items: number, seconds: number) => void;
}

/** PostgreSQL's round trips of one group overlap with the work of the other; SQLite has one writer. */
const WRITERS = { sqlite: 1, postgres: 2 } as const;

export class CommitQueue {
  readonly #options: CommitOptions;
  readonly #waiting: Waiting[] = [];
  #queued = 0;
  #writers = 0;

  constructor(options: CommitOptions) {
    this.#options = options;
  }

  /** Payloads that wait for a transaction. */
  get depth(): number {
    return this.#queued;
  }

  /** Resolves when the receipts are durable. @throws AppError `unavailable` when too many wait or the database is away */
  async submit(items: readonly Item[]): Promise<readonly Receipt[]> {
    if (items.length === 0) return [];
    if (this.#queued + items.length > this.#options.queueItems)
      throw new AppError('unavailable', 'more arrives than can be written: try again later', { retryAfterSeconds: retryAfter() });
    this.#queued += items.length;
    return await new Promise<readonly Receipt[]>((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      if (this.#writers < WRITERS[this.#options.database.engine]) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writers += 1;
    try {
      do {
        await this.#gather();
        const group = this.#take();
        if (group.length > 0) await this.#commit(group);
        await immediate(); // answers of the decoders that came meanwhile get in
      } while (this.#waiting.length > 0);
    } finally {
      this.#writers -= 1;
    }
  }

  /**
   * What a disk takes to be sure is the same for one payload and for many: under load a group fills before it is written. It
   * does not wait for the smaller half: who waits for all has threads that decode and one that writes work in turn, not at once.
   */
  async #gather(): Promise<void> {
    const { windowMs, patienceMs, groupItems, onTheWay } = this.#options;
    const until = performance.now() + patienceMs;
    for (let waitMs = windowMs; this.#queued < groupItems; waitMs = 1) {
      await sleep(waitMs);
      if (onTheWay() <= this.#queued || performance.now() > until) return;
    }
  }

  #take(): Waiting[] {
    let items = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      if (count > 0 && items + waiting.items.length > this.#options.groupItems) break;
      items += waiting.items.length;
      count += 1;
    }
    this.#queued -= items;
    return this.#waiting.splice(0, count);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    const began = performance.now();
    try {
      const items = group.flatMap(({ items: own }) => own);
      const receipts = await this.#apply(items);
      let from = 0;
      for (const { items: own, resolve } of group) {
        resolve(receipts.slice(from, from + own.length));
        from += own.length;
      }
      this.#options.onGroup(items.length, (performance.now() - began) / 1_000);
    } catch (error) {
      await this.#separately(group, error);
    }
  }

  async #apply(items: readonly Item[]): Promise<readonly Receipt[]> {
    const { database, onSignals, onTaken } = this.#options;
    return await database.transaction((db) => applyItems(db, database.engine, items, onSignals, onTaken));
  }

  /** One payload that the store cannot take must not hold up its neighbours, nor be sent again for ever: it is set aside. */
  async #separately(group: readonly Waiting[], cause: unknown): Promise<void> {
    for (const { items, resolve, reject } of group) {
      if (isAway(cause)) {
        reject(new AppError('unavailable', 'the database does not answer: try again later', { retryAfterSeconds: retryAfter(), cause }));
        continue;
      }
      try {
        const receipts: Receipt[] = [];
        for (const item of items) receipts.push(...(await this.#oneOrAside(item)));
        resolve(receipts);
      } catch (error) {
        reject(isAway(error) ? new AppError('unavailable', 'the database does not answer: try again later', { retryAfterSeconds: retryAfter(), cause: error }) : error);
      }
    }
  }

  async #oneOrAside(item: Item): Promise<readonly Receipt[]> {
    try {
      return await this.#apply([item]);
    } catch (error) {
      if (isAway(error)) throw error;
      this.#options.onFailure(error);
      return await this.#apply([setAside(item)]);
    }
  }
}

/** Not the payload's fault: no connection, server going down, disk full, busy, serialization that lost too often. */
function isAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_SQLITE_ERROR') return error instanceof Error && !/constraint|mismatch|too big/i.test(error.message);
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_|08|25|40|53|55|57|58|XX)/.test(code) ||
    (error instanceof Error && /timeout|terminated|ended|closed|destroyed/i.test(error.message))
  );
}

/** Spread, so that all who were turned away do not come back at once. */
function retryAfter(): number {
  return 2 + Math.floor(Math.random() * 8);
}
