/** What gatherers see of a cluster: discovery, streamed lists and a few texts. Reads only; there is no way to write here. */
import { AbsentError } from '../gatherers/gatherer.ts';
import type { KubeClient, TextAnswer } from './client.ts';
import { KubeError } from './errors.ts';
import type { Json } from './read.ts';
import { listAt, nameOf, textAt } from './read.ts';
import type { Resource } from './resources.ts';
import type { WatchEvent } from './watch-events.ts';

/** Which objects of a resource. */
export interface Selection {
  readonly namespace?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
}
export interface ListOptions extends Selection {
  /** Objects asked for at once. */
  readonly pageSize?: number;
  /** Told the version that the list shows, before its end: where a watch goes on from. */
  readonly onVersion?: (resourceVersion: string) => void;
}

export class Cluster {
  readonly #client: KubeClient;
  readonly #observers: ((resource: Resource, object: Json) => void)[] = [];
  readonly #groups = new Map<string, Promise<ReadonlySet<string> | undefined>>();
  /** Unix seconds. */
  readonly now: () => number;

  constructor(client: KubeClient, now: () => number) {
    this.#client = client;
    this.now = now;
  }

  /** Sees every object that anybody lists from now on, so that a second reader costs the API server nothing; must not keep it. */
  observe(observer: (resource: Resource, object: Json) => void): void {
    this.#observers.push(observer);
  }

  /**
   * Streams every object of a resource, page by page; each object is garbage once the caller has projected it.
   * `managedFields` are removed.
   * @throws AbsentError `not-served` when this release has the resource in no known version
   * @throws KubeError for anything else; status 410 when the list expired half-way, then the whole gatherer is run again
   */
  async *list(resource: Resource, signal: AbortSignal, options: ListOptions = {}): AsyncGenerator<Json> {
    const objects = this.#client.list(await this.#pathOf(resource, signal, options.namespace), signal, options);
    if (this.#observers.length === 0) return yield* objects;
    for await (const object of objects) {
      for (const observer of this.#observers) observer(resource, object);
      yield object;
    }
  }

  /**
   * Events after a resource version, until the server ends the watch.
   * @throws AbsentError `not-served`; KubeError, status 410 when that version is too old to begin from
   */
  async *watch(resource: Resource, resourceVersion: string, signal: AbortSignal, options: Selection = {}): AsyncGenerator<WatchEvent> {
    yield* this.#client.watch(await this.#pathOf(resource, signal, options.namespace), resourceVersion, signal, options);
  }

  async #pathOf(resource: Resource, signal: AbortSignal, namespace: string | undefined): Promise<string> {
    const version = await this.servedVersion(resource, signal);
    if (version === undefined) throw new AbsentError('not-served');
    const base = resource.group === '' ? `/api/${version}` : `/apis/${resource.group}/${version}`;
    return `${base}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${resource.plural}`;
  }

  /** The newest known version that the API server serves the resource in, or `undefined`. */
  async servedVersion({ group, plural, versions }: Resource, signal: AbortSignal): Promise<string | undefined> {
    for (const version of versions) {
      const served = await this.#resourcesOf(group, version, signal);
      if (served?.has(plural)) return version;
    }
    return undefined;
  }

  /** A JSON document of the API server, e.g. `/version`. */
  async get(path: `/${string}`, signal: AbortSignal): Promise<Json> {
    return await this.#client.getJson(path, signal);
  }

  /** A text of the API server with its status, e.g. `/readyz?verbose`: also when the status says "not ready". */
  async text(path: `/${string}`, signal: AbortSignal): Promise<TextAnswer> {
    return await this.#client.getText(path, signal);
  }

  /** Streams the lines of a large text, e.g. `/metrics`. */
  lines(path: `/${string}`, signal: AbortSignal): AsyncGenerator<string> {
    return this.#client.lines(path, signal);
  }

  #resourcesOf(group: string, version: string, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    const path = group === '' ? (`/api/${version}` as const) : (`/apis/${group}/${version}` as const);
    let known = this.#groups.get(path);
    if (!known) {
      known = this.#discover(path, signal);
      this.#groups.set(path, known);
      known.catch(() => this.#groups.delete(path)); // a failed look is not an answer: look again next time
    }
    return known;
  }

  async #discover(path: `/${string}`, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    try {
      const answer = await this.#client.getJson(path, signal);
      return new Set(listAt(answer, 'resources').map((entry) => textAt(entry, 'name') ?? nameOf(entry)));
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    }
  }
}
