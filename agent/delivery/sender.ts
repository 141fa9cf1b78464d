/** Sends what waits in the outbox, one request at a time, and decides what each answer means for the next. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_ENVELOPES, payloadId, type Receipt } from '../wire/envelope.ts';
import type { AgentRequest } from '../wire/request.ts';
import type { DropReason } from '../wire/signal.ts';
import { backoffMs } from './backoff.ts';
import type { BatchLimits, Item } from './batch.ts';
import { type Consent, mayLeave } from './consent.ts';
import type { Ledger } from './ledger.ts';
import { type Outcome, STOPS, type Stop, TROUBLES, type Trouble } from './outcome.ts';
import type { IsHeld } from './picker.ts';

/** What the sender does or waits for; a trouble or a stop stays until a request is answered. */
export const SENDER_STATES = ['starting', 'idle', 'sending', 'withheld', ...TROUBLES, ...STOPS, 'stopped'] as const;
export type SenderState = (typeof SENDER_STATES)[number];

/** What the sender needs of whatever holds what waits: an agent's outbox, or a collector's rows. */
export interface Queue {
  next(limits: BatchLimits, isHeld?: IsHeld): Promise<readonly Item[]>;
  acknowledge(items: readonly Item[], duplicates?: number): Promise<void>;
  giveUp(item: Item, reason: DropReason, word: string): Promise<void>;
  countRetry(): void;
  /** Called when there may be something new. */
  onKept(listener: () => void): void;
  readonly state: { readonly items: number };
}
/** What the sender needs of the network. */
export interface Carrier {
  send(items: readonly Item[], stop: AbortSignal): Promise<Outcome>;
  /** Changes when a credential's file does. */
  credentialsMark(): Promise<string>;
  close(): void;
}
export interface SenderOptions {
  /** Milliseconds before the first request. */
  readonly startMs: number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly onState: (state: SenderState, before: SenderState) => void;
  /** Told what the collector asks; never called by one that asks nothing. */
  readonly onRequests?: ((requests: readonly AgentRequest[]) => void) | undefined;
  /** How often a stopped sender looks whether its credentials changed. */
  readonly watchMs?: number | undefined;
  /** How long it waits at least before it asks again with the same ones. */
  readonly probeMs?: number | undefined;
  /** What the site lets leave, asked before each request and while it lasts; left out: everything. */
  readonly consent?: (() => Promise<Consent>) | undefined;
  /** Unix seconds. */
  readonly now?: (() => number) | undefined;
  /** Told what is about to leave, and what became of it. */
  readonly ledger?: Pick<Ledger, 'sending' | 'answered'> | undefined;
  /** How often consent is looked at while nothing may leave, or something does. */
  readonly consentMs?: number | undefined;
  /** Time that a request in progress and what still waits get when the process is told to end. */
  readonly flushMs?: number | undefined;
}

/** In one request. Signals have some hundred bytes, an inspection some tens of kilobytes. */
const BATCH = { bytes: 1024 * 1024, rawBytes: 8 * 1024 * 1024 };
/** Refused one after the other, before it is doubted that the payloads are to blame. */
const DOUBTED_REFUSALS = 5;
const CONSENT_MS = 2_000;
/** Looks at consent that go by before what is held back is gone through again. */
const HELD_LOOKS = 5;

export class Sender {
  readonly #outbox: Queue;
  readonly #carrier: Carrier;
  readonly #options: SenderOptions;
  readonly #hard = new AbortController();
  #state: SenderState = 'starting';
  #failures = 0;
  #refusals = 0;
  #mostItems = MOST_ENVELOPES;
  #wake: () => void = () => undefined;
  #hasNews = false;

  constructor(outbox: Queue, carrier: Carrier, options: SenderOptions) {
    this.#outbox = outbox;
    this.#carrier = carrier;
    this.#options = options;
    outbox.onKept(() => {
      this.#hasNews = true;
      this.#wake();
    });
  }

  get state(): SenderState {
    return this.#state;
  }

  /** Until the signal aborts; then sends what it can within `flushMs`. */
  async run(signal: AbortSignal): Promise<void> {
    const giveUp = (): unknown => setTimeout(() => this.#hard.abort(), this.#options.flushMs ?? 4_000).unref();
    signal.addEventListener('abort', giveUp, { once: true });
    await pause(this.#options.startMs, signal);
    while (!signal.aborted) await this.#turn(signal).catch(async () => await this.#later('disk-unreadable', undefined, signal));
    await this.#flush().catch(() => undefined); // a disk that is not read leaves it for the next start
    signal.removeEventListener('abort', giveUp);
    this.#carrier.close();
    this.#enter('stopped');
  }

  async #turn(signal: AbortSignal): Promise<void> {
    this.#hasNews = false;
    const { consent, consentMs = CONSENT_MS } = this.#options;
    const given = await consent?.();
    if (given?.level === 'off') {
      this.#enter('withheld'); // no request is under way: what was acknowledged as off stays off
      return await pause(consentMs, signal);
    }
    const items = await this.#next(given);
    const isHeldBack = items.length === 0 && given !== undefined && this.#outbox.state.items > 0;
    if (isHeldBack) {
      this.#enter('withheld');
      return await pause(consentMs * HELD_LOOKS, signal);
    }
    if (items.length === 0) {
      if (this.#failures === 0) this.#enter('idle');
      return await this.#news(signal);
    }
    const allowed = await this.#allowed(items, given);
    if (allowed.length === 0) return; // they were put aside
    if (this.#failures === 0) this.#enter('sending');
    await this.#after(allowed, await this.#send(allowed), signal);
  }

  /** What is next of what the site does not hold back. */
  async #next(given: Consent | undefined): Promise<readonly Item[]> {
    const { now = unixNow } = this.#options;
    return await this.#outbox.next({ ...BATCH, items: this.#mostItems }, (head) => given !== undefined && mayLeave(given, head, now()) === 'not-yet');
  }
  /** Of these, what may leave. What the site never sends is put among the refused, where it can be looked at. */
  async #allowed(items: readonly Item[], given: Consent | undefined): Promise<readonly Item[]> {
    if (!given) return items;
    const { now = unixNow } = this.#options;
    const allowed: Item[] = [];
    for (const item of items) {
      const answer = mayLeave(given, item.head, now());
      if (answer === 'yes') allowed.push(item);
      else if (answer === 'never') await this.#outbox.giveUp(item, 'refused', 'withheld');
    }
    return allowed;
  }

  /** Nothing leaves that the ledger has not taken; a request is broken off when consent to it is taken back while it lasts. */
  async #send(items: readonly Item[]): Promise<Outcome> {
    const { consent, ledger, now = unixNow, consentMs = CONSENT_MS } = this.#options;
    try {
      await ledger?.sending(items);
    } catch {
      return { kind: 'retry', trouble: 'ledger-unwritable' };
    }
    const withdrawn = new AbortController();
    const look = async (): Promise<void> => {
      const given = await consent?.();
      if (given && items.some(({ head }) => mayLeave(given, head, now()) !== 'yes')) withdrawn.abort();
    };
    const timer = consent && setInterval(() => void look(), consentMs);
    try {
      const outcome = await this.#carrier.send(items, AbortSignal.any([this.#hard.signal, withdrawn.signal]));
      await ledger?.answered(items, outcome).catch(() => undefined); // what was sent stands there already
      return outcome;
    } finally {
      clearInterval(timer);
    }
  }

  /** As much as is answered without trouble; whatever is not stays on disk. */
  async #flush(): Promise<void> {
    const never = AbortSignal.abort(); // no pause is waited for any more
    while (!this.#hard.signal.aborted) {
      const given = await this.#options.consent?.();
      const items = await this.#next(given);
      if (items.length === 0) return;
      const allowed = await this.#allowed(items, given);
      if (allowed.length === 0) continue; // they were put aside
      const outcome = await this.#send(allowed);
      if (outcome.kind === 'retry' || outcome.kind === 'stop') return;
      await this.#after(allowed, outcome, never);
    }
  }

  async #after(items: readonly Item[], outcome: Outcome, signal: AbortSignal): Promise<void> {
    switch (outcome.kind) {
      case 'answered':
        await this.#answered(items, outcome.receipts);
        if (outcome.requests) this.#options.onRequests?.(outcome.requests);
        return;
      case 'retry':
        return await this.#later(outcome.trouble, outcome.afterMs, signal);
      case 'stop':
        return await this.#stopped(outcome.stop, signal);
      case 'split':
        return await this.#smaller(items, 'too-large', 'too-large', signal);
      case 'reject':
        return await this.#smaller(items, 'refused', outcome.word, signal);
    }
  }

  async #answered(items: readonly Item[], receipts: ReadonlyMap<string, Receipt>): Promise<void> {
    this.#failures = 0;
    this.#refusals = 0;
    this.#mostItems = Math.min(MOST_ENVELOPES, this.#mostItems * 2);
    const taken: Item[] = [];
    let duplicates = 0;
    for (const item of items) {
      const receipt = receipts.get(payloadId(item.head));
      if (!receipt) continue; // comes again
      if (receipt.status === 'refused') await this.#outbox.giveUp(item, receipt.reason === 'too-large' ? 'too-large' : 'refused', receipt.reason ?? 'refused');
      else taken.push(item);
      if (receipt.status === 'duplicate') duplicates += 1;
    }
    await this.#outbox.acknowledge(taken, duplicates);
  }

  async #later(trouble: Trouble, afterMs: number | undefined, signal: AbortSignal): Promise<void> {
    this.#failures += 1;
    this.#outbox.countRetry();
    this.#enter(trouble);
    await pause(backoffMs(this.#failures, afterMs, this.#options.random()), signal);
  }

  /** Nothing more is sent until the credentials change or a long time has passed: the collector has said no. */
  async #stopped(stop: Stop, signal: AbortSignal): Promise<void> {
    this.#failures += 1;
    this.#enter(stop);
    const { watchMs = 15_000, probeMs = 15 * 60_000, random } = this.#options;
    const mark = await this.#carrier.credentialsMark();
    let restMs = probeMs * (1 + random());
    while (!signal.aborted && restMs > 0) {
      await pause(Math.min(watchMs, restMs), signal);
      restMs -= watchMs;
      if ((await this.#carrier.credentialsMark()) !== mark) return;
    }
  }

  /** Half as many at a time; one that is refused alone is given up. Where every one is, the collector is doubted, not the payloads. */
  async #smaller(items: readonly Item[], reason: 'too-large' | 'refused', word: string, signal: AbortSignal): Promise<void> {
    const [only] = items;
    if (items.length > 1) this.#mostItems = Math.floor(items.length / 2);
    else if (only) {
      await this.#outbox.giveUp(only, reason, word);
      this.#refusals += 1;
      if (this.#refusals >= DOUBTED_REFUSALS) await pause(backoffMs(this.#refusals, undefined, this.#options.random()), signal);
    }
  }

  /** Until something was kept since the last look. */
  async #news(signal: AbortSignal): Promise<void> {
    if (this.#hasNews || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #enter(state: SenderState): void {
    if (state === this.#state) return;
    const before = this.#state;
    this.#state = state;
    this.#options.onState(state, before);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await sleep(ms, undefined, { signal }).catch(() => undefined); // told to end
}

function unixNow(): number {
  return Date.now() / 1_000;
}
