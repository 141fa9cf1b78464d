/** Threads that decode, one body at a time each. A body that kills or stalls its thread is refused; the thread is replaced. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import { type BodyResult, decodeRequest, type Encoding } from './body.ts';
import type { DecodeAnswer, DecodeJob } from './decode-worker.ts';
import type { IngestLimits } from './limits.ts';

interface Waiting extends DecodeJob {
  readonly resolve: (result: BodyResult) => void;
  readonly reject: (error: Error) => void;
}

const SCRIPT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './decode-worker.ts' : './decode-worker.js', import.meta.url));
/** A large cluster's inspection needs some 60 MB while it is checked. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

export class Decoder implements AsyncDisposable {
  readonly #limits: IngestLimits;
  readonly #size: number;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  /** @param threads 0: in the caller's own thread */
  constructor(limits: IngestLimits, threads: number = Math.min(4, availableParallelism())) {
    this.#limits = limits;
    this.#size = threads;
  }

  /** @throws AppError when the body is refused as a whole */
  async decode(body: Uint8Array, encoding: Encoding): Promise<Exclude<BodyResult, { readonly fault: unknown }>> {
    const result = this.#size === 0 ? await decodeRequest(body, encoding, this.#limits) : await this.#enqueue(body, encoding);
    if ('fault' in result) throw new AppError(result.fault.code, result.fault.message);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(new AppError('unavailable', 'the collector is stopping', { retryAfterSeconds: 5 }));
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  async #enqueue(body: Uint8Array, encoding: Encoding): Promise<BodyResult> {
    if (this.#closed) throw new AppError('unavailable', 'the collector is stopping', { retryAfterSeconds: 5 });
    return await new Promise<BodyResult>((resolve, reject) => {
      this.#waiting.push({ body, encoding, resolve, reject });
      this.#dispatch();
    });
  }

  #dispatch(): void {
    if (this.#waiting.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#start() : undefined);
    const job = worker && this.#waiting.shift();
    if (worker && job) this.#run(worker, job);
  }

  #start(): Worker {
    const worker = new Worker(SCRIPT, { workerData: this.#limits, resourceLimits: THREAD_MEMORY, env: {}, stdin: false });
    worker.unref();
    this.#all.add(worker);
    worker.on('error', () => undefined); // told by `exit`
    return worker;
  }

  #run(worker: Worker, { body, encoding, resolve, reject }: Waiting): void {
    const settle = (): void => {
      clearTimeout(timer);
      worker.off('message', onAnswer);
      worker.off('exit', onExit);
    };
    const onExit = (): void => {
      settle();
      this.#all.delete(worker);
      reject(
        this.#closed
          ? new AppError('unavailable', 'the collector is stopping', { retryAfterSeconds: 5 })
          : new AppError('too-large', 'the body could not be decoded within its time and memory: send fewer envelopes at once'),
      );
      if (!this.#closed) this.#dispatch();
    };
    const onAnswer = (answer: DecodeAnswer): void => {
      settle();
      this.#idle.push(worker);
      if ('result' in answer) resolve(answer.result);
      else reject(new Error(`decoding failed: ${answer.error}`));
      this.#dispatch();
    };
    const timer = setTimeout(() => void worker.terminate(), this.#limits.decodeMs);
    worker.on('message', onAnswer);
    worker.on('exit', onExit);
    const owned = body.byteLength === body.buffer.byteLength && body.buffer instanceof ArrayBuffer;
    worker.postMessage({ body, encoding } satisfies DecodeJob, owned ? [body.buffer as ArrayBuffer] : []);
  }
}
