/**
 * Threads that decode, one body at a time each; small ones wait at their thread, which then never waits for this one. A body
 * that kills or stalls its thread is refused; the thread is replaced, and what waited behind goes to another.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { type BodyResult, decodeRequest, type Encoding } from './body.ts';
import type { DecodeAnswer, DecodeJob } from './decode-worker.ts';
import type { IngestLimits } from './limits.ts';

interface Waiting {
  readonly body: Uint8Array;
  /** Of the body; one that was handed over has none any more. */
  readonly bytes: number;
  readonly encoding: Encoding;
  /** It is copied to its thread, not handed over, so that another one can have it. */
  readonly isSmall: boolean;
  readonly resolve: (result: BodyResult) => void;
  readonly reject: (error: Error) => void;
}

const SCRIPT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './decode-worker.ts' : './decode-worker.js', import.meta.url));
/** A large cluster's inspection needs some 60 MB while it is checked. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/**
 * Bodies and bytes that one thread is given at once, so that it has work while the event loop writes a group of inspections to
 * SQLite. Of a hostile sender's bodies, a megabyte each when they are decompressed, the last one waits a third of a second.
 */
const AHEAD = 32;
const AHEAD_BYTES = 512 * 1_024;
const SMALL_BYTES = 64 * 1_024;

export class Decoder implements AsyncDisposable {
  readonly #limits: IngestLimits;
  readonly #size: number;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  /** @param threads 0: in the caller's own thread */
  constructor(limits: IngestLimits, threads: number = Math.min(4, availableParallelism())) {
    this.#limits = limits;
    this.#size = threads;
  }

  /** Bodies that are not decoded yet. */
  get depth(): number {
    let depth = this.#waiting.length;
    for (const thread of this.#threads) depth += thread.depth;
    return depth;
  }

  /** @throws AppError when the body is refused as a whole */
  async decode(body: Uint8Array, encoding: Encoding): Promise<Exclude<BodyResult, { readonly fault: unknown }>> {
    const result = this.#size === 0 ? await decodeRequest(body, encoding, this.#limits) : await this.#enqueue(body, encoding);
    if ('fault' in result) throw new AppError(result.fault.code, result.fault.message);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(stopping());
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  async #enqueue(body: Uint8Array, encoding: Encoding): Promise<BodyResult> {
    if (this.#closed) throw stopping();
    return await new Promise<BodyResult>((resolve, reject) => {
      this.#waiting.push({ body, bytes: body.length, encoding, isSmall: body.length <= SMALL_BYTES, resolve, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const thread = this.#threadFor(next);
      if (thread === undefined) return;
      this.#waiting.shift();
      thread.give(next);
    }
  }

  /** The one with the least to do that takes it. */
  #threadFor(job: Waiting): Thread | undefined {
    let best: Thread | undefined;
    for (const thread of this.#threads) if (thread.takes(job) && (best === undefined || thread.depth < best.depth)) best = thread;
    if (best?.depth === 0 || this.#threads.size >= this.#size) return best;
    const made = new Thread(this.#limits, { onAnswer: () => this.#dispatch(), onEnd: (jobs) => this.#ended(made, jobs) });
    this.#threads.add(made);
    return made;
  }

  #ended(thread: Thread, [guilty, ...innocent]: readonly Waiting[]): void {
    this.#threads.delete(thread);
    if (this.#closed) {
      for (const { reject } of [...(guilty ? [guilty] : []), ...innocent]) reject(stopping());
      return;
    }
    guilty?.reject(new AppError('too-large', 'the body could not be decoded within its time and memory: send fewer envelopes at once'));
    this.#waiting.unshift(...innocent);
    this.#dispatch();
  }
}

interface ThreadEvents {
  readonly onAnswer: () => void;
  /** @param jobs not answered, in order: the first is the one that was being decoded */
  readonly onEnd: (jobs: readonly Waiting[]) => void;
}

class Thread {
  readonly #worker: Worker;
  readonly #jobs: Waiting[] = [];
  /** Of the jobs' bodies. */
  #bytes = 0;
  readonly #limitMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: IngestLimits, { onAnswer, onEnd }: ThreadEvents) {
    this.#limitMs = limits.decodeMs;
    this.#worker = new Worker(SCRIPT, { workerData: limits, resourceLimits: THREAD_MEMORY, env: {}, stdin: false });
    this.#worker.unref();
    this.#worker.on('error', () => undefined); // told by `exit`
    this.#worker.on('message', (answer: DecodeAnswer) => {
      const job = this.#jobs.shift();
      this.#bytes -= job?.bytes ?? 0;
      this.#watch();
      if ('error' in answer) job?.reject(new Error(`decoding failed: ${answer.error}`));
      else job?.resolve(answer.isAsArrived ? withBody(answer.result, job.body) : answer.result);
      onAnswer();
    });
    this.#worker.on('exit', () => {
      clearTimeout(this.#timer);
      onEnd(this.#jobs);
    });
  }

  get depth(): number {
    return this.#jobs.length;
  }

  takes({ isSmall, bytes }: Waiting): boolean {
    const [first] = this.#jobs;
    return first === undefined || (isSmall && first.isSmall && this.#jobs.length < AHEAD && this.#bytes + bytes <= AHEAD_BYTES);
  }

  give(job: Waiting): void {
    this.#jobs.push(job);
    this.#bytes += job.bytes;
    if (this.#jobs.length === 1) this.#watch();
    const { body, encoding, isSmall } = job;
    const owned = !isSmall && body.byteLength === body.buffer.byteLength && body.buffer instanceof ArrayBuffer;
    this.#worker.postMessage({ body, encoding, isCopy: !owned } satisfies DecodeJob, owned ? [body.buffer as ArrayBuffer] : []);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** The time of the body that is its turn now begins. */
  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#jobs.length === 0 ? undefined : setTimeout(() => void this.#worker.terminate(), this.#limitMs);
  }
}

/** The one envelope of a body is kept as it came: it has not travelled back. */
function withBody(result: BodyResult, body: Uint8Array): BodyResult {
  if ('fault' in result) return result;
  return { ...result, envelopes: result.envelopes.map((decoded) => ('body' in decoded ? { ...decoded, body } : decoded)) };
}

function stopping(): AppError {
  return new AppError('unavailable', 'the collector is stopping', { retryAfterSeconds: 5 });
}
