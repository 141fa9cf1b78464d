/** Tells open pages that something changed; what, they read themselves. One look at the database serves everybody who sees the same. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Visibility } from '../access/visibility.ts';
import type { AppDeps } from '../http/deps.ts';
import { type Api, addEndpoint } from '../http/endpoint.ts';
import { fleetPulse } from '../store/cluster-state-store.ts';
import type { Db } from '../store/database.ts';

const EVERY_MS = 2_000;
/** Below the time that a handler gets; browsers connect again by themselves. */
const LONGEST_MS = 45_000;
const COMMENT_EVERY = 7;

export function liveRoutes(api: Api, { database }: AppDeps): void {
  const stamps = new Stamps(database.db);
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/live',
      id: 'live',
      summary: 'Server-sent events: `change` when what the reader sees may have changed. A stream ends after 45 seconds at the latest; clients connect again',
      permission: 'cluster.read',
      produces: 'text/event-stream',
      limit: { perMinute: 120 },
    },
    async ({ visibility, request, reply }) => {
      const last = request.headers['last-event-id'];
      reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store').header('x-accel-buffering', 'no');
      const ended = new AbortController();
      request.raw.once('close', () => ended.abort());
      await reply.send(Readable.from(changes(() => stamps.of(visibility), typeof last === 'string' ? last : undefined, ended.signal)));
    },
  );
}

/** @param last what the client was told before it lost the connection */
export async function* changes(read: () => Promise<string>, last: string | undefined, signal: AbortSignal, everyMs = EVERY_MS): AsyncGenerator<string> {
  const begin = performance.now();
  let told = last;
  yield 'retry: 1000\n\n';
  for (let turn = 0; performance.now() - begin < LONGEST_MS && !signal.aborted; turn += 1) {
    const stamp = await read();
    if (told === undefined) yield `event: hello\nid: ${stamp}\ndata: {}\n\n`;
    else if (stamp !== told) yield `event: change\nid: ${stamp}\ndata: {}\n\n`;
    else if (turn % COMMENT_EVERY === 0) yield ': still here\n\n';
    told = stamp;
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Digests of what somebody sees, each asked for once in a while however many look. */
class Stamps {
  readonly #db: Db;
  readonly #known = new Map<string, { readonly at: number; readonly stamp: Promise<string> }>();
  constructor(db: Db) {
    this.#db = db;
  }
  of(visibility: Visibility): Promise<string> {
    const key = visibility === 'all' ? 'all' : JSON.stringify([...visibility].sort());
    const now = performance.now();
    const known = this.#known.get(key);
    if (known && now - known.at < EVERY_MS) return known.stamp;
    for (const [old, { at }] of this.#known) if (now - at > EVERY_MS * 10) this.#known.delete(old);
    const stamp = this.#read(visibility);
    this.#known.set(key, { at: now, stamp });
    return stamp;
  }
  async #read(visibility: Visibility): Promise<string> {
    return createHash('sha256')
      .update(JSON.stringify(await fleetPulse(this.#db, visibility)))
      .digest('base64url')
      .slice(0, 16);
  }
}
