/**
 * The fast path: a look a minute, triggers, and what has changed since the last. Stays in the agent's process and is small:
 * looks are taken by processes of their own. Loaded when it is needed, because it knows the site's patterns.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentOptions } from './agent-options.ts';
import type { Look } from './fast/look.ts';
import { LookProcess } from './fast/look-process.ts';
import { type Evaluation, NOTHING_SEEN } from './triggers/evaluation.ts';
import { ruleOf, type TriggerRules } from './triggers/rules.ts';
import { activeSignals, batchesOf } from './triggers/signals.ts';
import type { TriggerState } from './triggers/state.ts';
import { loadState, saveState } from './triggers/state-file.ts';
import { step } from './triggers/step.ts';
import type { SignalBatch } from './wire/signal.ts';

export interface FastPathHooks {
  /**
   * Takes what is to be told, in order. When it resolves the batch must be safe: only then are the triggers moved on, so that
   * a crash in between tells it twice and never not at all. When it rejects, the same changes come again with the next look.
   */
  onSignals(batch: SignalBatch): Promise<void>;
  /** After every look; `undefined` and the error when it failed. For metrics and logs. */
  onLook?(look: Look | undefined, error?: unknown): void;
  /** The memory was damaged or of a newer release and was set aside (`load`), or could not be written (`save`). */
  onStateFault?(kind: 'load' | 'save', error?: unknown): void;
}
/** What the fast path stands on; tests give their own. */
export interface FastPathSources {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  readonly random: () => number;
  /** Returns early when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly looks: { look(signal: AbortSignal): Promise<Look>; stop(): void };
}

const INTERVAL_MS = 60_000;
/** A critical trouble that was seen once is looked at again so soon, to be told within the minute. */
const CONFIRM_MS = 10_000;
/** Share of the interval by which looks are spread. */
const JITTER = 0.05;
/** At start looks of many agents are spread over this. */
const START_JITTER_MS = 5_000;
const SHORTEST_PAUSE_MS = 1_000;
/** Everything that is not clear is told again after this. */
const COMPLETE_MS = 3_600_000;
/** Looks after which what is known is complete enough to be told as such: two make a trouble sure. */
const LOOKS_TO_SETTLE = 2;
const NO_RULES: TriggerRules = { settings: {}, maintenance: [] };

export class FastPath {
  readonly #options: AgentOptions;
  readonly #rules: TriggerRules;
  readonly #hooks: FastPathHooks;
  readonly #sources: FastPathSources;
  readonly #file: string;
  #state: TriggerState;
  #steppedAt: number | undefined;
  #completeAt: number | undefined;
  #looks = 0;
  /** Steps are taken one after the other: looks and inspections share one memory. */
  #queue: Promise<void> = Promise.resolve();

  private constructor(options: AgentOptions, hooks: FastPathHooks, sources: FastPathSources, file: string, state: TriggerState) {
    this.#options = options;
    this.#rules = options.triggers ?? NO_RULES;
    this.#hooks = hooks;
    this.#sources = sources;
    this.#file = file;
    this.#state = state;
  }

  /** Reads the memory `triggers.json` of the state directory. @throws when it is there and cannot be read */
  static async open(options: AgentOptions, hooks: FastPathHooks, sources: Partial<FastPathSources> = {}): Promise<FastPath> {
    const file = join(options.stateDir, 'triggers.json');
    const { state, setAside } = await loadState(file);
    if (setAside) hooks.onStateFault?.('load');
    const all = { now: Date.now, clock: () => performance.now(), random: Math.random, pause, looks: new LookProcess(options), ...sources };
    return new FastPath(options, hooks, all, file, state);
  }

  /** How many troubles are told as not over, for heartbeats. */
  get activeSignals(): number {
    return activeSignals(this.#state).length;
  }
  /** Troubles that there was no room for, and that were given up, since the memory began. */
  get losses(): { readonly dropped: number; readonly forgotten: number } {
    return { dropped: this.#state.dropped, forgotten: this.#state.forgotten };
  }

  /**
   * Looks until the signal aborts; in the cluster role that is one leadership, and it may be called again for the next.
   * Tells everything that is not clear once what it knows is settled, and then every hour.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { looks, clock, random, pause: wait } = this.#sources;
    const interval = this.#options.fastIntervalMs ?? INTERVAL_MS;
    this.#looks = 0;
    this.#completeAt = undefined;
    try {
      await wait(random() * Math.min(START_JITTER_MS, interval / 2), signal);
      while (!signal.aborted) {
        const began = clock();
        await this.#once(signal);
        const period = this.#isUnsure() ? Math.min(CONFIRM_MS, interval) : interval;
        const jitter = 1 + (random() * 2 - 1) * JITTER;
        await wait(Math.max(SHORTEST_PAUSE_MS, period * jitter - (clock() - began)), signal);
      }
    } finally {
      looks.stop();
    }
  }

  /** What a full inspection found. Rejects as `onSignals` does; the next inspection says it again. */
  async feed(evaluation: Evaluation): Promise<void> {
    await this.#inTurn(() => this.#advance(evaluation));
  }

  async #once(signal: AbortSignal): Promise<void> {
    let look: Look | undefined;
    try {
      look = await this.#sources.looks.look(signal);
      this.#hooks.onLook?.(look);
    } catch (error) {
      if (signal.aborted) return;
      this.#hooks.onLook?.(undefined, error);
    }
    if (signal.aborted) return; // a look that was broken off says nothing, and a leader that was deposed tells nothing
    if (look !== undefined) this.#looks += 1;
    // A step without a look lets what nobody can see grow stale. What cannot be kept comes again with the next.
    await this.#inTurn(() => this.#advance(look?.evaluation ?? NOTHING_SEEN)).catch(() => undefined);
  }

  async #advance(evaluation: Evaluation): Promise<void> {
    const { now, clock } = this.#sources;
    const clockMs = clock();
    const at = Math.floor(now() / 1_000);
    const elapsedSeconds = this.#steppedAt === undefined ? undefined : (clockMs - this.#steppedAt) / 1_000;
    const { state, changes } = step(this.#state, evaluation, this.#rules, { at, elapsedSeconds });
    for (const batch of batchesOf(changes, false, at)) await this.#hooks.onSignals(batch);
    this.#state = state;
    this.#steppedAt = clockMs;
    await saveState(this.#file, state).catch((error: unknown) => this.#hooks.onStateFault?.('save', error)); // it still stands in memory
    const due = this.#looks >= LOOKS_TO_SETTLE && (this.#completeAt === undefined || clockMs - this.#completeAt >= COMPLETE_MS);
    if (!due) return;
    for (const batch of batchesOf(activeSignals(state), true, at)) await this.#hooks.onSignals(batch);
    this.#completeAt = clockMs;
  }

  /** Whether a critical trouble waits for nothing but a second look. */
  #isUnsure(): boolean {
    const { tracked, clock } = this.#state;
    return Object.values(tracked).some((one) => !one.open && one.criticalAt === clock && ruleOf(this.#rules, one.check, 'critical')?.forSeconds === 0);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
