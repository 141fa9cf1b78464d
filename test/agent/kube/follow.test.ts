import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Follower, type Projection } from '../../../agent/kube/follow.ts';
import { nameOf } from '../../../agent/kube/read.ts';
import { NAMESPACES, type Resource, VELERO_BACKUPS } from '../../../agent/kube/resources.ts';
import { eventsOf } from '../../../agent/kube/watch-events.ts';
import { type ApiServer, apply, NO_API_SERVER, remove, startApiServer } from '../../support/api-server.ts';
import { type CountingProxy, clusterBehind, countingProxy, until } from '../../support/counting-proxy.ts';

class Names implements Projection {
  readonly names = new Set<string>();
  #listed = new Set<string>();
  begin(): void {
    this.#listed = new Set();
  }
  put(object: object): void {
    this.#listed.add(nameOf(object));
    this.names.add(nameOf(object));
  }
  delete(object: object): void {
    this.names.delete(nameOf(object));
  }
  end(): void {
    for (const name of this.names) if (!this.#listed.has(name)) this.names.delete(name);
  }
}
const namespace = (name: string): Parameters<typeof apply>[1] => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, finalizers: [] }, spec: { finalizers: [] } });

function following(
  proxy: CountingProxy,
  resource: Resource = NAMESPACES,
  clock = (): number => performance.now(),
): { follower: Follower; names: Set<string>; ended: Promise<unknown> } {
  const target = new Names();
  const follower = new Follower(clusterBehind(proxy), resource, target, { clock, random: () => 0.5, backoffMs: { first: 20, longest: 200 } });
  const stop = new AbortController();
  const ended = follower.run(stop.signal).catch((error: unknown) => error);
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return { follower, names: target.names, ended };
}

describe('the stream of a watch', () => {
  async function read(chunks: readonly Buffer[]): Promise<unknown[]> {
    const events: unknown[] = [];
    async function* give(): AsyncGenerator<Buffer> {
      await Promise.resolve();
      yield* chunks;
    }
    for await (const event of eventsOf(give())) events.push(event);
    return events;
  }
  const TEXT = Buffer.from('{"type":"ADDED","object":{"a":"名字"}}\n\n{"type":"DELETED","object":{}}\n{"type":"NOVEL","object":{}}\n{"type":"BOOKMARK","obj');
  it('gives the events of any stream however the bytes are cut; a torn end is no event', async () => {
    const whole = await read([TEXT]);
    expect(whole).toEqual([
      { type: 'ADDED', object: { a: '名字' } },
      { type: 'DELETED', object: {} },
    ]);
    for (let cut = 1; cut < TEXT.length; cut += 1) expect(await read([TEXT.subarray(0, cut), TEXT.subarray(cut)])).toEqual(whole);
  });
  it.each([
    ['{"type":"ERROR","object":{"code":410,"reason":"Expired"}}', { reason: 'failed', status: 410 }],
    ['{"type":"ERROR","object":{"code":429}}', { reason: 'throttled' }],
    ['{"type":"ERROR","object":{"code":500}}', { reason: 'unreachable' }],
    ['{"type":', { reason: 'malformed' }],
  ])('throws what the server says instead of an event: %s', async (line, error) => {
    await expect(read([Buffer.from(`${line}\n`)])).rejects.toMatchObject(error);
  });
  it('refuses an event without an end', async () => {
    await expect(read(Array.from({ length: 20 }, () => Buffer.alloc(1024 * 1024, 0x20)))).rejects.toMatchObject({ reason: 'too-large' });
  });
});

describe.skipIf(NO_API_SERVER !== '')(`following a real API server${NO_API_SERVER && ` (skipped: ${NO_API_SERVER})`}`, () => {
  let server: ApiServer;
  beforeAll(async () => {
    // Without its cache the server asks etcd for every watch, so that a version which etcd has forgotten is gone at once.
    server = await startApiServer(['--watch-cache=false']);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });
  const drop = async (name: string): Promise<void> => {
    await remove(server.http, namespace(name));
    await server.http.put(`/api/v1/namespaces/${name}/finalize`, namespace(name)); // no controller runs here that would
  };

  it('lists once; after that it is told', async () => {
    const proxy = await countingProxy(server);
    const { follower, names } = following(proxy);
    await until(() => follower.state.status === 'ok' && names.has('default'));
    await apply(server.http, namespace('made-later'));
    await until(() => names.has('made-later'));
    await drop('made-later');
    await until(() => !names.has('made-later'));
    expect(proxy.lists).toHaveLength(1);
    expect(follower.counts).toMatchObject({ lists: 1, watches: 1 });
  });

  it('takes a killed connection up where it was: nothing is missed, nothing listed', async () => {
    const proxy = await countingProxy(server);
    const { follower, names } = following(proxy);
    await until(() => proxy.watches.length === 1 && follower.state.status === 'ok');
    for (const name of ['killed-1', 'killed-2', 'killed-3']) {
      proxy.closed = true;
      proxy.cut();
      await apply(server.http, namespace(name));
      await new Promise((resolve) => setTimeout(resolve, 100));
      proxy.closed = false;
      await until(() => names.has(name));
    }
    await until(() => follower.counts.watches > 3);
    expect(proxy.lists).toHaveLength(1);
  });

  it('lists again when the store has forgotten where it was, and drops what is gone', async () => {
    await apply(server.http, namespace('goes-unseen'));
    const proxy = await countingProxy(server);
    const { follower, names } = following(proxy);
    await until(() => proxy.watches.length === 1 && names.has('goes-unseen'));
    proxy.closed = true;
    proxy.cut();
    await drop('goes-unseen');
    await apply(server.http, namespace('came-unseen'));
    await server.compact();
    proxy.closed = false;
    await until(() => names.has('came-unseen'));
    expect(names.has('goes-unseen')).toBe(false);
    expect(proxy.lists).toHaveLength(2);
    expect(follower.state).toEqual({ status: 'ok' });
  });

  it('waits as long as it is told to', async () => {
    const proxy = await countingProxy(server);
    let asked = 0;
    proxy.answer = (request) => {
      if (request.url?.includes('watch=true') !== true) return undefined;
      asked += 1;
      return asked === 1 ? { status: 429, headers: { 'retry-after': '1' } } : undefined;
    };
    const began = performance.now();
    const { names } = following(proxy);
    await apply(server.http, namespace('after-429'));
    await until(() => names.has('after-429') && asked >= 2);
    expect(performance.now() - began).toBeGreaterThan(1_000);
    expect(proxy.lists).toHaveLength(1);
  });

  it('says so when it has been blind for a minute, and sees again', async () => {
    const proxy = await countingProxy(server);
    let skewMs = 0;
    const { follower } = following(proxy, NAMESPACES, () => performance.now() + skewMs);
    await until(() => follower.state.status === 'ok');
    proxy.closed = true;
    proxy.cut();
    const attempts = follower.counts.watches;
    await until(() => follower.counts.watches > attempts + 1);
    expect(follower.state).toEqual({ status: 'ok' });
    skewMs = 70_000;
    expect(follower.state).toEqual({ status: 'failed', reason: 'unreachable' });
    proxy.closed = false;
    await until(() => follower.state.status === 'ok');
    expect(proxy.lists).toHaveLength(1);
  });

  it('tells an absent resource, a forbidden one and a credential that is not accepted apart', async () => {
    const absent = following(await countingProxy(server), VELERO_BACKUPS);
    await until(() => absent.follower.state.status === 'absent');
    const refusing = async (status: number): Promise<ReturnType<typeof following>> => {
      const proxy = await countingProxy(server);
      proxy.answer = () => ({ status });
      return following(proxy);
    };
    const forbidden = await refusing(403);
    await until(() => forbidden.follower.state.status === 'failed' && 'reason' in forbidden.follower.state && forbidden.follower.state.reason === 'forbidden');
    const unauthorized = await refusing(401);
    expect(await unauthorized.ended).toMatchObject({ reason: 'unauthorized' });
  });

  it('does not ask in a loop when every watch ends at once', async () => {
    const proxy = await countingProxy(server);
    proxy.answer = (request) => (request.url?.includes('watch=true') === true ? { status: 500 } : undefined);
    following(proxy);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(proxy.watches.length).toBeLessThan(20);
    expect(proxy.lists).toHaveLength(1);
  });
});
