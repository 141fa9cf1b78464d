/**
 * The only caller of the API server: GET only. Lists are streamed page by page, the next page is asked for as soon as the
 * current one has told its token, so the server encodes while we read. 429 and Retry-After are obeyed, what a server or a
 * gateway failed to answer now and then is asked again, connections that drop in a page are taken up again, redirects are not followed. Watches are streamed line by line.
 */
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AxiosInstance } from 'axios';
import { axios } from '../runtime/axios.ts';
import { assertOk, chunksOf, isRefused, readText, renewedToken, toKubeError } from './answer.ts';
import type { Connection } from './connection.ts';
import { KubeError } from './errors.ts';
import { ItemSplitter } from './item-splitter.ts';
import { type Json, textAt } from './read.ts';
import { eventsOf, type WatchEvent } from './watch-events.ts';

const PAGE_SIZE = 500;
const TRIES = 5;
/** Of an etcd that elects its leader, or a load balancer that loses a server: over within a second or two. */
const SERVER_ERROR_TRIES = 3;
/** Longest time that one Retry-After is obeyed; a server that wants more has no time for us today. */
const MAX_WAIT_MS = 15_000;
const MAX_LINE_BYTES = 64 * 1024;
/** A watch is asked to end after this, up to twice as long, so that connections move when servers are added. client-go: 5 to 10 minutes. */
const WATCH_SECONDS = 300;
/** Bookmarks come about every minute; silence beyond that is a connection that nobody told us the end of. */
const WATCH_IDLE_MS = 150_000;

export interface ClientOptions {
  /** Milliseconds without a byte after which a connection is given up. */
  readonly idleTimeoutMs?: number;
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: () => number;
  readonly pageSize?: number;
  /** Unix seconds with fractions: the clock that the server's is compared with. */
  readonly now?: () => number;
}

interface Page {
  readonly status: number;
  readonly body: Readable;
  readonly retryAfterMs: number | undefined;
  readonly answeredAt: AnsweredAt | undefined;
}
/** Unix seconds. What the server's clock said (RFC 9110 `Date`, whole seconds), and what ours said before we asked and after it had answered. */
export interface AnsweredAt {
  readonly server: number;
  readonly askedAt: number;
  readonly heardAt: number;
}
export interface TextAnswer {
  readonly status: number;
  readonly text: string;
  readonly answeredAt?: AnsweredAt | undefined;
}

export class KubeClient {
  readonly #http: AxiosInstance;
  readonly #idleTimeoutMs: number;
  readonly #random: () => number;
  readonly #pageSize: number;
  readonly #now: () => number;

  constructor(connection: Connection, options: ClientOptions = {}) {
    this.#idleTimeoutMs = options.idleTimeoutMs ?? 30_000;
    this.#random = options.random ?? Math.random;
    this.#pageSize = options.pageSize ?? PAGE_SIZE;
    this.#now = options.now ?? (() => Date.now() / 1_000);
    this.#http = axios.create({
      baseURL: connection.server.replace(/\/+$/, ''),
      headers: { ...connection.headers, accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'xunjian' },
      httpAgent: connection.agent,
      httpsAgent: connection.agent,
      proxy: false, // proxies are the agent's business
      maxRedirects: 0,
      responseType: 'stream',
      timeout: this.#idleTimeoutMs,
      validateStatus: () => true,
    });
  }

  /** Objects of a list path, in the server's order. */
  async *list(
    path: string,
    outer: AbortSignal,
    {
      pageSize,
      fieldSelector,
      labelSelector,
      onVersion,
    }: { pageSize?: number; fieldSelector?: string; labelSelector?: string; onVersion?: (resourceVersion: string) => void } = {},
  ): AsyncGenerator<Json> {
    const stop = new AbortController();
    const signal = AbortSignal.any([outer, stop.signal]);
    const query = new URLSearchParams({ limit: String(pageSize ?? this.#pageSize), ...(fieldSelector && { fieldSelector }), ...(labelSelector && { labelSelector }) });
    const address = (token: string): string => `${path}?${query.toString()}${token === '' ? '' : `&continue=${encodeURIComponent(token)}`}`;
    let token = '';
    let next = this.#open(address(''), signal);
    try {
      for (;;) {
        const page: PageCursor = { token, delivered: 0, next: undefined, resourceVersion: undefined };
        yield* this.#page(next, page, address, signal);
        if (token === '' && page.resourceVersion !== undefined) onVersion?.(page.resourceVersion); // the oldest: what happened between pages is told again
        if (page.next === undefined) return;
        ({ token, response: next } = page.next);
      }
    } finally {
      stop.abort(); // a caller that stops early leaves no open page behind
    }
  }

  /** One page; taken up again where it broke off, by skipping what was delivered (a token's page is a fixed snapshot). */
  async *#page(first: Promise<Page>, cursor: PageCursor, address: (token: string) => string, signal: AbortSignal): AsyncGenerator<Json> {
    let response: Promise<Page> | undefined = first;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const page = await (response ?? this.#open(address(cursor.token), signal));
        response = undefined;
        if (page.status === 410) {
          cursor.token = await renewedToken(page.body);
          continue;
        }
        yield* this.#itemsOf(page, cursor, address, signal);
        return;
      } catch (error) {
        const failure = toKubeError(error, signal);
        response = undefined;
        const broken = failure.reason === 'unreachable' && failure.status === undefined;
        if (!broken || attempt >= TRIES || signal.aborted) throw failure;
        await this.#pause(undefined, attempt, signal);
      }
    }
  }

  /** Objects of one answer that were not delivered before; asks for the next page as soon as its token is known. */
  async *#itemsOf({ status, body }: Page, cursor: PageCursor, address: (token: string) => string, signal: AbortSignal): AsyncGenerator<Json> {
    await assertOk(status, body);
    const splitter = new ItemSplitter();
    let skip = cursor.delivered;
    for await (const chunk of chunksOf(body, this.#idleTimeoutMs)) {
      const items = splitter.push(chunk);
      const follow = splitter.continueToken;
      cursor.resourceVersion ??= textAt(splitter.metadata, 'resourceVersion');
      if (follow !== '' && cursor.next === undefined) {
        cursor.next = { token: follow, response: this.#open(address(follow), signal) };
        cursor.next.response.catch(() => undefined); // its failure is met when the page is read
      }
      for (const item of items) {
        if (skip > 0) {
          skip -= 1;
          continue;
        }
        cursor.delivered += 1;
        yield item;
      }
    }
    if (!splitter.complete) throw new KubeError('unreachable'); // cut off in the middle
  }

  /** A JSON document of at most 8 MiB. */
  async getJson(path: string, signal: AbortSignal): Promise<Json> {
    const { status, body } = await this.#open(path, signal);
    await assertOk(status, body);
    const text = await readText(body, signal);
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
    } catch {
      throw new KubeError('malformed', status); // without the cause: its message quotes the text
    }
  }

  /** A text and its status; only 401 and 403 throw, because then the text is not the answer. */
  async getText(path: string, signal: AbortSignal): Promise<TextAnswer> {
    const { status, body, answeredAt } = await this.#open(path, signal, { accept: 'text/plain, */*' }, 'answer');
    if (status === 401 || status === 403 || status === 404) await assertOk(status, body);
    return { status, text: await readText(body, signal), answeredAt };
  }

  /** Lines of a text of any length; a line over 64 KiB is left out. */
  async *lines(path: string, signal: AbortSignal): AsyncGenerator<string> {
    const { status, body } = await this.#open(path, signal, { accept: 'text/plain' });
    await assertOk(status, body);
    let rest = '';
    try {
      const decoder = new StringDecoder('utf8');
      for await (const chunk of chunksOf(body, this.#idleTimeoutMs)) {
        const parts = (rest + decoder.write(chunk)).split('\n');
        rest = parts.pop() ?? '';
        if (rest.length > MAX_LINE_BYTES) rest = '';
        yield* parts;
      }
    } catch (error) {
      throw toKubeError(error, signal);
    }
    if (rest !== '') yield rest;
  }

  /**
   * Events after a resource version, until the server ends the watch as it was asked to. The first is a bookmark without a
   * version: the watch stands.
   * @throws KubeError; status 410 when the version is too old, `timeout` when not even a bookmark came for {@link WATCH_IDLE_MS}
   */
  async *watch(
    path: string,
    resourceVersion: string,
    outer: AbortSignal,
    { fieldSelector, labelSelector }: { fieldSelector?: string; labelSelector?: string } = {},
  ): AsyncGenerator<WatchEvent> {
    const stop = new AbortController();
    const signal = AbortSignal.any([outer, stop.signal]);
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion,
      timeoutSeconds: String(Math.round(WATCH_SECONDS * (1 + this.#random()))),
      ...(fieldSelector && { fieldSelector }),
      ...(labelSelector && { labelSelector }),
    });
    try {
      const { status, body } = await this.#open(`${path}?${query.toString()}`, signal);
      await assertOk(status, body);
      yield { type: 'BOOKMARK', object: {} };
      yield* eventsOf(chunksOf(body, WATCH_IDLE_MS));
    } catch (error) {
      throw toKubeError(error, outer);
    } finally {
      stop.abort(); // a caller that stops early leaves no connection behind
    }
  }

  /**
   * Sends a GET until it is answered with something other than "later".
   * @param internalError what a 500 is: a failure, as when etcd elects a leader, or the answer, as of `/livez`
   */
  async #open(path: string, signal: AbortSignal, headers: Readonly<Record<string, string>> = {}, internalError: 'failure' | 'answer' = 'failure'): Promise<Page> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const page = await this.#send(path, signal, headers);
        if (page.status === 500 && internalError === 'answer') return page;
        if (attempt >= triesOf(page)) return page;
        page.body.destroy();
        await this.#pause(page.retryAfterMs, attempt, signal);
      } catch (error) {
        const failure = toKubeError(error, signal);
        if (failure.reason !== 'unreachable' || attempt >= 3 || signal.aborted || isRefused(error)) throw failure;
        await this.#pause(undefined, attempt, signal);
      }
    }
  }

  async #send(path: string, signal: AbortSignal, headers: Readonly<Record<string, string>>): Promise<Page> {
    const askedAt = this.#now();
    const answer = await this.#http.get<Readable>(path, { signal, headers: { ...headers } });
    const heardAt = this.#now();
    const server = Date.parse(String(answer.headers['date'])) / 1_000;
    const body = answer.data;
    body.on('error', () => undefined); // keeps an abandoned page from being an uncaught error; a reader gets it all the same
    const retryAfter = Number(answer.headers['retry-after']);
    return { status: answer.status, body, retryAfterMs: retryAfter >= 0 ? retryAfter * 1_000 : undefined, answeredAt: server > 0 ? { server, askedAt, heardAt } : undefined };
  }

  /** Full jitter: between half the asked time and the time itself. */
  async #pause(askedMs: number | undefined, attempt: number, signal: AbortSignal): Promise<void> {
    const base = Math.min(MAX_WAIT_MS, askedMs ?? 250 * 2 ** attempt);
    await sleep(base * (askedMs === undefined ? this.#random() : 1 + this.#random() / 4), undefined, { signal });
  }
}

interface PageCursor {
  token: string;
  /** Objects of this page that the caller has. */
  delivered: number;
  next: { readonly token: string; readonly response: Promise<Page> } | undefined;
  /** Of the snapshot that the page shows. */
  resourceVersion: string | undefined;
}

/** How often a request is sent that is answered like this. A server that names no time to wait gets less of ours. */
function triesOf({ status, retryAfterMs }: Page): number {
  if (status === 429) return TRIES;
  if (status === 503) return retryAfterMs === undefined ? 2 : TRIES;
  return status === 500 || status === 502 || status === 504 ? SERVER_ERROR_TRIES : 1;
}
