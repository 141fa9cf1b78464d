/**
 * What waits for the support centre, as an agent's sender sees an outbox: the same batches, backoff and acknowledgements, over rows that
 * were written in the transaction that took each payload. Names that stand clear turn into pseudonyms here, at the site's border.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Batch, type BatchLimits, type Item } from '../../agent/delivery/batch.ts';
import type { IsHeld } from '../../agent/delivery/picker.ts';
import { encodeRecord, HEAD_BYTES } from '../../agent/delivery/record.ts';
import type { Queue } from '../../agent/delivery/sender.ts';
import { type Boundary, RefusedError } from '../../agent/wire/encode-values.ts';
import { payloadId } from '../../agent/wire/envelope.ts';
import { GuardTrippedError } from '../../agent/wire/guard.ts';
import { mayCross, reseal } from '../../agent/wire/reseal.ts';
import type { Database } from '../store/database.ts';
import { countRelays, deleteRelays, refuseRelay, relayedJson, trimRelays, type WaitingPayload, waitingRelays } from '../store/relay-store.ts';
import { collectorId } from './enqueue-incident.ts';

export interface RelayQueueOptions {
  readonly database: Database;
  readonly clusterId: string;
  /** Under the site's key; without one, what stands clear is refused. */
  readonly boundary: Boundary | undefined;
  /** Kinds of names that the site lets leave clear. */
  readonly opened: Boundary['clearNames'];
  readonly now: () => number;
  /** Names were turned into pseudonyms: the way back has to be kept before anything leaves. */
  readonly onSealed: () => Promise<void>;
  readonly onRefused: (word: string, kind: string) => void;
  readonly onTrimmed: (count: number) => void;
}

const LOOK_MS = 1_000;
const TRIM_MS = 60_000;
const MOST_AGE_MS = 14 * 86_400_000;
const MOST_BYTES = 512 * 1024 * 1024;
/** Payloads that were built and not yet acknowledged: a second attempt builds none anew. */
const MOST_BUILT = 200;

export class RelayQueue implements Queue {
  readonly #options: RelayQueueOptions;
  readonly #built = new Map<string, Item>();
  #waiting = 0;
  #onKept: () => void = () => undefined;

  constructor(options: RelayQueueOptions) {
    this.#options = options;
  }

  get state(): { readonly items: number } {
    return { items: this.#waiting };
  }
  onKept(listener: () => void): void {
    this.#onKept = listener;
  }
  countRetry(): void {
    // The sender's state tells of it.
  }

  /** Looks for what others have put there, until the signal aborts. */
  async watch(signal: AbortSignal): Promise<void> {
    const { database, clusterId, now, onTrimmed } = this.#options;
    for (let trimmedAt = 0; !signal.aborted; ) {
      try {
        if (now() - trimmedAt > TRIM_MS) {
          trimmedAt = now();
          const gone = await trimRelays(database.db, clusterId, { before: now() - MOST_AGE_MS, mostBytes: MOST_BYTES });
          if (gone > 0) onTrimmed(gone);
        }
        this.#waiting = (await countRelays(database.db, clusterId)).waiting;
        if (this.#waiting > 0) this.#onKept();
      } catch {
        // The database is away: the sender says so when it asks for the next batch.
      }
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async next(limits: BatchLimits, isHeld: IsHeld = () => false): Promise<readonly Item[]> {
    const { database, clusterId } = this.#options;
    const batch = new Batch(limits);
    let hasSealed = false;
    for (const waiting of await waitingRelays(database.db, clusterId, limits.items)) {
      const known = this.#built.get(payloadId(waiting));
      const made = known ?? (await this.#build(waiting));
      if (made === undefined) continue;
      hasSealed ||= known === undefined;
      if (isHeld(made.head)) continue;
      if (!batch.fits(made.head)) break;
      batch.add(made);
    }
    if (hasSealed) await this.#options.onSealed();
    return batch.items;
  }

  async acknowledge(items: readonly Item[]): Promise<void> {
    const { database, clusterId } = this.#options;
    await database.transaction(async (db) => {
      await deleteRelays(
        db,
        clusterId,
        items.map(({ head }) => head),
      );
    });
    for (const { head } of items) this.#built.delete(payloadId(head));
  }

  async giveUp({ head }: Item, _reason: string, word: string): Promise<void> {
    await this.#refuse(head, word);
  }

  async #refuse(payload: WaitingPayload | Item['head'], word: string): Promise<void> {
    const { database, clusterId, onRefused } = this.#options;
    await refuseRelay(database.db, clusterId, payload, word);
    this.#built.delete(payloadId(payload));
    onRefused(word, payload.kind);
  }

  async #build(waiting: WaitingPayload): Promise<Item | undefined> {
    const { database, clusterId, boundary, opened } = this.#options;
    const { id, agent, boot, seq, kind, keptAt } = waiting;
    const json = await relayedJson(database.db, id);
    if (json === undefined) return undefined;
    // What this collector says itself has not been through the encoder yet, whatever the site opened.
    const isClear = agent === collectorId(clusterId) || !mayCross(json, opened);
    if (isClear && boundary === undefined) {
      await this.#refuse(waiting, 'needs-key');
      return undefined;
    }
    try {
      const sealed = isClear && boundary ? reseal(kind, json, boundary) : { json, sha256: createHash('sha256').update(json).digest('hex') };
      const { head, buffer } = encodeRecord({ agent, boot, seq, kind, keptAt, sha256: sealed.sha256 }, sealed.json, 'vendor');
      const item: Item = { head, body: buffer.subarray(HEAD_BYTES), place: 'store' };
      if (this.#built.size >= MOST_BUILT) this.#built.clear();
      this.#built.set(payloadId(head), item);
      return item;
    } catch (error) {
      if (!(error instanceof RefusedError || error instanceof GuardTrippedError)) throw error;
      await this.#refuse(waiting, error instanceof GuardTrippedError ? 'guard' : 'contract');
      return undefined;
    }
  }
}
