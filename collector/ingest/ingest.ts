/**
 * The way into the collector: a request's body is collected, decoded and checked within its limits, written in a shared
 * transaction, and answered with one receipt an envelope once that is durable.
 */
import { ENVELOPE_TYPE, type IngestAnswer, type Receipt } from '../../agent/wire/envelope.ts';
import type { AgentRequest } from '../../agent/wire/request.ts';
import { AppError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import type { ClusterIdentity, Item, OnSignals, OnTaken } from './apply.ts';
import type { Encoding } from './body.ts';
import { CommitQueue } from './commit-queue.ts';
import type { Decoded } from './decode.ts';
import { Decoder } from './decoder.ts';
import { DEFAULT_LIMITS, type IngestLimits } from './limits.ts';
import type { IngestMetrics } from './metrics.ts';

export interface IngestRequest {
  readonly cluster: ClusterIdentity;
  /** As it arrives, still compressed. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Bytes that the sender announced. */
  readonly contentLength?: number | undefined;
  /** Carried here by hand, or by another collector: how long it was on its way says nothing of the agent's clock. */
  readonly way?: { readonly kind: 'relayed' } | { readonly kind: 'by-hand' /** Milliseconds when it left the site. */; readonly leftAt: number } | undefined;
}
export interface IngestOptions {
  readonly database: Database;
  /** Milliseconds. */
  readonly now: () => number;
  readonly onSignals: OnSignals;
  readonly onTaken?: OnTaken | undefined;
  readonly metrics?: IngestMetrics | undefined;
  /** What an agent is asked in the answer; left out: nothing. */
  readonly requestsFor?: ((clusterId: string, agent: string, now: number) => Promise<readonly AgentRequest[]>) | undefined;
  readonly limits?: Partial<IngestLimits> | undefined;
  /** Threads that decode; 0: none, for tests. */
  readonly threads?: number | undefined;
  /** Told about a payload that was set aside because writing it failed. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

const GROUP_ITEMS = 64;
const QUEUE_ITEMS = 2_000;
const WINDOW_MS = 2;
const PATIENCE_MS = 10;

export class Ingest implements AsyncDisposable {
  readonly #options: IngestOptions;
  readonly #limits: IngestLimits;
  readonly #decoder: Decoder;
  readonly #queue: CommitQueue;
  #requests = 0;
  #waitingBytes = 0;

  constructor(options: IngestOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#decoder = new Decoder(this.#limits, options.threads);
    this.#queue = new CommitQueue({
      database: options.database,
      onSignals: options.onSignals,
      onTaken: options.onTaken,
      groupItems: GROUP_ITEMS,
      queueItems: QUEUE_ITEMS,
      windowMs: WINDOW_MS,
      patienceMs: PATIENCE_MS,
      onTheWay: () => this.#decoder.depth,
      onFailure: options.onFailure ?? (() => undefined),
      onGroup: (items, seconds) => options.metrics?.group(items, seconds),
    });
  }

  /** Payloads that wait for their transaction. */
  get depth(): number {
    return this.#queue.depth;
  }

  /** @throws AppError `unsupported`, `invalid`, `too-large`: do not send this again as it is; `too-many`, `unavailable`: later */
  async ingest(request: IngestRequest): Promise<IngestAnswer> {
    const encoding = encodingOf(request);
    if (this.#requests >= this.#limits.requests)
      throw new AppError('too-many', 'too many requests at once: try again later', { retryAfterSeconds: 2 + Math.floor(Math.random() * 8) });
    this.#requests += 1;
    let held = 0;
    try {
      const body = await this.#collect(request, (bytes) => {
        held += bytes;
        this.#waitingBytes += bytes;
      });
      const { envelopes, decompressedBytes } = await this.#decoder.decode(body, encoding);
      this.#options.metrics?.received(held, decompressedBytes);
      const receipts = await this.#write(request, envelopes);
      // An agent behind another collector is asked by that one.
      return { receipts, requests: request.way === undefined ? await this.#asked(request.cluster, envelopes) : [] };
    } finally {
      this.#requests -= 1;
      this.#waitingBytes -= held;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#decoder[Symbol.asyncDispose]();
  }

  async #collect({ body, contentLength }: IngestRequest, hold: (bytes: number) => void): Promise<Uint8Array> {
    const { bodyBytes, waitingBytes, arrivalMs } = this.#limits;
    const tooLarge = (): AppError => new AppError('too-large', `the body has more than ${bodyBytes} bytes: send fewer envelopes at once`, { details: { bodyBytes } });
    if (contentLength !== undefined && contentLength > bodyBytes) throw tooLarge();
    const deadline = performance.now() + arrivalMs;
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of body) {
      length += piece.length;
      hold(piece.length);
      if (length > bodyBytes) throw tooLarge();
      if (this.#waitingBytes > waitingBytes)
        throw new AppError('unavailable', 'more arrives than can be read: try again later', { retryAfterSeconds: 2 + Math.floor(Math.random() * 8) });
      if (performance.now() > deadline) throw new AppError('invalid', `the body took more than ${arrivalMs} ms to arrive`);
      pieces.push(piece);
    }
    // A copy of its own, so that it can be handed to another thread.
    const whole = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** Only an agent that speaks for itself is asked, and what is taken is answered whatever becomes of the asking. */
  async #asked({ clusterId }: ClusterIdentity, envelopes: readonly Decoded[]): Promise<readonly AgentRequest[]> {
    const { requestsFor, now, onFailure } = this.#options;
    const agents = new Set(envelopes.flatMap((decoded) => (decoded.kind === 'refused' ? [] : [decoded.header.agent])));
    const [agent] = agents;
    if (!requestsFor || agent === undefined || agents.size > 1) return [];
    return await requestsFor(clusterId, agent, now()).catch((error: unknown) => {
      onFailure?.(error);
      return [];
    });
  }

  async #write({ cluster, way }: Pick<IngestRequest, 'cluster' | 'way'>, envelopes: readonly Decoded[]): Promise<readonly Receipt[]> {
    const receivedAt = this.#options.now();
    const skewMs = way === undefined ? skewOf(envelopes, receivedAt) : undefined;
    const asOf = way?.kind === 'by-hand' ? Math.min(way.leftAt, receivedAt) : undefined;
    const items: Item[] = [];
    for (const decoded of envelopes) if (decoded.kind !== 'refused') items.push({ cluster, decoded, receivedAt, skewMs, asOf, isRelayed: way?.kind === 'relayed' });
    const written = (await this.#queue.submit(items)).values();
    const receipts = envelopes.map((decoded): Receipt => {
      if (decoded.kind === 'refused') return { id: decoded.id, sha256: decoded.sha256, status: 'refused', reason: decoded.reason };
      const { value } = written.next();
      if (value === undefined) throw new Error('a payload was written without a receipt');
      return value;
    });
    for (const [index, receipt] of receipts.entries()) this.#options.metrics?.receipt(envelopes[index]?.kind ?? 'refused', receipt);
    return receipts;
  }
}

function encodingOf({ contentType, contentEncoding }: IngestRequest): Encoding {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type !== ENVELOPE_TYPE) throw new AppError('unsupported', `the content type must be ${ENVELOPE_TYPE}`);
  const encoding = contentEncoding?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity' && encoding !== '') throw new AppError('unsupported', 'the content encoding must be gzip or identity');
  return encoding === 'gzip' ? 'gzip' : 'identity';
}

/** The freshest payload of a request waited least: how far its time is from ours bounds the clock's error from below. */
function skewOf(envelopes: readonly Decoded[], receivedAt: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const decoded of envelopes) if (decoded.kind !== 'refused') most = Math.max(most, decoded.header.keptAt * 1_000 + 500 - receivedAt);
  return Number.isFinite(most) ? most : 0;
}
