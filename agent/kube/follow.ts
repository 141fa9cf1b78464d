/**
 * Follows one resource: one list, then its watch, for as long as the process lives. A dropped connection is taken up again
 * from the last version seen; only a version that the server no longer knows (410) costs a new list, after a jittered wait.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AbsentError } from '../gatherers/gatherer.ts';
import type { Reason } from '../wire/vocabulary.ts';
import type { Cluster, Selection } from './cluster.ts';
import { KubeError } from './errors.ts';
import { type Json, textAt } from './read.ts';
import type { Resource } from './resources.ts';

/** Holds what is known of the objects. */
export interface Projection {
  /** A list begins: what it does not name is gone at its end. */
  begin(): void;
  put(object: Json): void;
  delete(object: Json): void;
  end(): void;
}

export interface FollowOptions {
  readonly selection?: Selection;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number;
  /** First and longest wait before something is tried again. */
  readonly backoffMs?: { readonly first: number; readonly longest: number };
}

/** Without a watch for so long, what is held says nothing about the present. */
const BLIND_MS = 60_000;
/** A resource that the server does not serve is looked for again after this. */
const ABSENT_MS = 600_000;
/** client-go's reflector: 800 ms to 30 s, doubled. */
const BACKOFF = { first: 800, longest: 30_000 };
/** A watch that lived for so long was no failure. */
const HEALTHY_MS = 10_000;

export type FollowState = { readonly status: 'ok' } | { readonly status: 'absent' | 'failed'; readonly reason: Reason };

export class Follower {
  readonly #cluster: Cluster;
  readonly #resource: Resource;
  readonly #target: Projection;
  readonly #options: FollowOptions;
  #version: string | undefined;
  /** When the connection was lost; `undefined` while there is one. */
  #blindSince: number | undefined;
  #synced = false;
  #trouble: { readonly status: 'absent' | 'failed'; readonly reason: Reason } = { status: 'failed', reason: 'not-gathered' };
  #failures = 0;
  /** For metrics: lists, watches begun, events taken. */
  readonly counts = { lists: 0, watches: 0, events: 0 };

  constructor(cluster: Cluster, resource: Resource, target: Projection, options: FollowOptions) {
    this.#cluster = cluster;
    this.#resource = resource;
    this.#target = target;
    this.#options = options;
  }

  /** Whether what is held is the present. */
  get state(): FollowState {
    if (!this.#synced) return this.#trouble;
    const blind = this.#blindSince !== undefined && this.#options.clock() - this.#blindSince > BLIND_MS;
    return blind ? this.#trouble : { status: 'ok' };
  }

  /** Until the signal aborts. @throws KubeError `unauthorized`: only a new credential helps */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const began = this.#options.clock();
      try {
        if (this.#version === undefined) await this.#list(signal);
        await this.#watch(signal);
        if (this.#options.clock() - began > HEALTHY_MS) this.#failures = 0;
        else await this.#pause(signal); // a server that ends every watch at once is not asked in a loop
      } catch (error) {
        if (signal.aborted) return;
        if (this.#options.clock() - began > HEALTHY_MS) this.#failures = 0;
        await this.#recover(error, signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    let version: string | undefined;
    this.counts.lists += 1;
    this.#target.begin();
    const onVersion = (seen: string): void => {
      version = seen;
    };
    for await (const object of this.#cluster.list(this.#resource, signal, { ...this.#options.selection, onVersion })) this.#target.put(object);
    this.#target.end();
    if (version === undefined) throw new KubeError('malformed');
    this.#version = version;
    this.#synced = true;
    this.#blindSince = undefined;
  }

  async #watch(signal: AbortSignal): Promise<void> {
    if (this.#version === undefined) return;
    this.counts.watches += 1;
    for await (const { type, object } of this.#cluster.watch(this.#resource, this.#version, signal, this.#options.selection)) {
      this.#blindSince = undefined;
      const version = textAt(object, 'metadata', 'resourceVersion');
      if (version !== undefined) this.#version = version;
      if (type === 'BOOKMARK') continue;
      this.counts.events += 1;
      if (type === 'DELETED') this.#target.delete(object);
      else this.#target.put(object);
    }
    this.#blindSince = undefined; // it ended as it was asked to
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof AbsentError) {
      this.#trouble = { status: 'absent', reason: error.reason };
      this.#synced = false;
      this.#version = undefined;
      return await wait(ABSENT_MS * (1 + this.#options.random() / 10), signal);
    }
    const failure = error instanceof KubeError ? error : new KubeError('failed');
    if (failure.reason === 'unauthorized') throw failure;
    if (failure.status === 410) this.#version = undefined;
    else {
      this.#trouble = { status: 'failed', reason: failure.reason };
      this.#blindSince ??= this.#options.clock();
    }
    if (failure.reason === 'forbidden' || failure.reason === 'not-served') {
      this.#synced = false;
      this.#version = undefined;
    }
    await this.#pause(signal);
  }

  /** Doubled with every failure in a row, full jitter above a half. */
  async #pause(signal: AbortSignal): Promise<void> {
    const { first, longest } = this.#options.backoffMs ?? BACKOFF;
    const base = Math.min(longest, first * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    await wait(base * (0.5 + this.#options.random() / 2), signal);
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
