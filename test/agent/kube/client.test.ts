import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { KubeClient } from '../../../agent/kube/client.ts';
import { connect } from '../../../agent/kube/connection.ts';
import { ItemSplitter } from '../../../agent/kube/item-splitter.ts';
import { CRON_JOBS, NODES, PODS } from '../../../agent/kube/resources.ts';
import { clusterOf } from '../../support/api.ts';

const SERVER = 'http://kube.test';
const soon = (): AbortSignal => AbortSignal.timeout(10_000);
const client = (server = SERVER, idleTimeoutMs = 2_000): KubeClient =>
  new KubeClient(connect({ server, headers: { Authorization: 'Bearer secret-token' }, clusterName: 'test' }), { random: () => 0, idleTimeoutMs });
const page = (items: readonly object[], token = ''): object => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '5', ...(token && { continue: token }) },
  items,
});
async function all(generator: AsyncIterable<unknown>): Promise<unknown[]> {
  const out: unknown[] = [];
  for await (const one of generator) out.push(one);
  return out;
}
// nock replaces the sockets of the whole process: it must be gone before other files run.
beforeAll(() => {
  if (!nock.isActive()) nock.activate();
});
afterAll(() => nock.restore());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

describe('listing', () => {
  it('pages, drops managedFields and nothing else', async () => {
    const pods = Array.from({ length: 10 }, (_, i) => ({
      metadata: { name: `p${i}`, managedFields: [{ a: [{ b: '}]"' }] }], labels: { managedFields: '"managedFields":[' } },
      spec: { managedFields: [1] },
    }));
    const cluster = await clusterOf({
      objects: [
        [PODS, pods],
        [CRON_JOBS, []],
      ],
      versionIndex: 1,
    });
    expect(await all(cluster.list(PODS, soon()))).toEqual(pods.map((pod) => ({ ...pod, metadata: { ...pod.metadata, managedFields: 0 } })));
    expect(await cluster.servedVersion(CRON_JOBS, soon())).toBe('v1beta1');
    expect(await cluster.servedVersion(NODES, soon())).toBeUndefined();
    await expect(all(cluster.list(NODES, soon()))).rejects.toMatchObject({ reason: 'not-served' });
  });
  it('obeys 429 and Retry-After, then goes on', async () => {
    nock(SERVER).get('/api/v1/pods').query({ limit: '500' }).reply(429, 'later', { 'retry-after': '0' });
    nock(SERVER)
      .get('/api/v1/pods')
      .query({ limit: '500' })
      .reply(200, page([{ n: 1 }]));
    expect(await all(client().list('/api/v1/pods', soon()))).toEqual([{ n: 1 }]);
  });
  it('gives up after some 429s, as throttled', async () => {
    nock(SERVER).get('/api/v1/pods').query(true).times(5).reply(429, '', { 'retry-after': '0' });
    await expect(all(client().list('/api/v1/pods', soon()))).rejects.toMatchObject({ reason: 'throttled', status: 429 });
  });
  it('goes on with the token that an expired list offers', async () => {
    nock(SERVER)
      .get('/api/v1/pods')
      .query({ limit: '500' })
      .reply(200, page([{ n: 1 }], 'old'));
    nock(SERVER)
      .get('/api/v1/pods')
      .query({ limit: '500', continue: 'old' })
      .reply(410, { kind: 'Status', code: 410, metadata: { continue: 'fresh' } });
    nock(SERVER)
      .get('/api/v1/pods')
      .query({ limit: '500', continue: 'fresh' })
      .reply(200, page([{ n: 2 }]));
    expect(await all(client().list('/api/v1/pods', soon()))).toEqual([{ n: 1 }, { n: 2 }]);
  });
  it('fails with 410 when there is no such token', async () => {
    nock(SERVER).get('/api/v1/pods').query(true).reply(410, { kind: 'Status', code: 410, metadata: {} });
    await expect(all(client().list('/api/v1/pods', soon()))).rejects.toMatchObject({ status: 410 });
  });
  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-served'],
    [302, 'failed'],
    [418, 'failed'],
  ] as const)('%i is %s, and redirects are not followed', async (status, reason) => {
    nock(SERVER).get('/api/v1/pods').query(true).reply(status, 'secret words', { location: 'http://evil.test/' });
    await expect(all(client().list('/api/v1/pods', soon()))).rejects.toMatchObject({ reason, status, message: expect.not.stringContaining('secret') as string });
  });
  it.each([500, 502, 504])('asks again when a server or gateway fails now and then (%i)', async (status) => {
    nock(SERVER).get('/api/v1/pods').query(true).twice().reply(status, 'etcdserver: leader changed');
    nock(SERVER)
      .get('/api/v1/pods')
      .query(true)
      .reply(200, page([{ n: 1 }]));
    expect(await all(client().list('/api/v1/pods', soon()))).toEqual([{ n: 1 }]);
  });
  it('gives up after three server errors, without their words', async () => {
    nock(SERVER).get('/api/v1/pods').query(true).times(3).reply(500, 'secret words');
    await expect(all(client().list('/api/v1/pods', soon()))).rejects.toMatchObject({
      reason: 'unreachable',
      status: 500,
      message: expect.not.stringContaining('secret') as string,
    });
  });
  it('takes a 500 of a health text for the answer, a 502 for a gateway that failed', async () => {
    nock(SERVER).get('/livez').reply(502, 'bad gateway');
    nock(SERVER).get('/livez').reply(500, '[-]etcd failed');
    expect(await client().getText('/livez', soon())).toEqual({ status: 500, text: '[-]etcd failed' });
  });
  it('says malformed for what is no list, without quoting it', async () => {
    nock(SERVER).get('/api/v1/pods').query(true).reply(200, '{"metadata":{},"items":[{"a":CANARY}]}');
    const failure: unknown = await all(client().list('/api/v1/pods', soon())).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'malformed' });
    expect(JSON.stringify([String(failure), (failure as Error).cause ?? ''])).not.toContain('CANARY');
  });
});

describe('connections that break', () => {
  /** Answers each request with the next script; runs on a real socket. */
  async function scripted(scripts: readonly ((socket: import('node:net').Socket) => void)[]): Promise<{ url: string; requests: () => number }> {
    let count = 0;
    const server: Server = createServer((request) => {
      const script = scripts[Math.min(count, scripts.length - 1)];
      count += 1;
      script?.(request.socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => count };
  }
  const head = (length: number): string => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  const body = JSON.stringify(page([{ n: 1 }, { n: 2 }, { n: 3 }]));

  it('takes a page up again where it was cut, without doubling', async () => {
    const cut = body.indexOf('{"n":3}');
    const { url, requests } = await scripted([
      (socket) => socket.write(head(body.length) + body.slice(0, cut), () => socket.destroy()),
      (socket) => socket.write(head(body.length) + body),
    ]);
    expect(await all(client(url).list('/api/v1/pods', soon()))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(requests()).toBe(2);
  });
  it('gives up on a server that stops sending', async () => {
    const { url } = await scripted([(socket) => socket.write(head(body.length) + body.slice(0, 30))]);
    await expect(all(client(url, 200).list('/api/v1/pods', soon()))).rejects.toMatchObject({ reason: 'timeout' });
  });
  it('accepts a slow one, byte by byte', async () => {
    const { url } = await scripted([
      (socket) => {
        socket.write(head(body.length));
        let sent = 0;
        const timer = setInterval(() => {
          socket.write(body.slice(sent, sent + 9));
          sent += 9;
          if (sent >= body.length) clearInterval(timer);
        }, 2);
      },
    ]);
    expect(await all(client(url).list('/api/v1/pods', soon()))).toHaveLength(3);
  });
  it('ends at once when the caller gives up', async () => {
    const { url } = await scripted([() => undefined]);
    const began = performance.now();
    await expect(all(client(url, 60_000).list('/api/v1/pods', AbortSignal.timeout(150)))).rejects.toMatchObject({ reason: 'timeout' });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
  it('refuses a document without end', async () => {
    const { url } = await scripted([
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        const chunk = 'x'.repeat(65_536);
        const pump = (): void => {
          if (!socket.destroyed) socket.write(`10000\r\n${chunk}\r\n`, () => setImmediate(pump));
        };
        pump();
      },
    ]);
    await expect(client(url).getJson('/version', soon())).rejects.toMatchObject({ reason: 'too-large' });
  });
  it('does not wait long for a port nobody listens on', async () => {
    const began = performance.now();
    await expect(client('http://127.0.0.1:9').getJson('/version', soon())).rejects.toMatchObject({ reason: 'unreachable' });
    expect(performance.now() - began).toBeLessThan(1_500);
  });
});

describe('ItemSplitter', () => {
  it('gives the items of any list however the bytes are cut', () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(object), object, fc.array(fc.integer({ min: 1, max: 40 })), (items, extra, sizes) => {
        const bytes = Buffer.from(JSON.stringify({ kind: 'List', metadata: { continue: 'a"]}{' }, extra, items }));
        const splitter = new ItemSplitter();
        const out: unknown[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % Math.max(1, sizes.length)] ?? 7;
          out.push(...splitter.push(bytes.subarray(at, at + size)));
          at += size;
        }
        // What JSON cannot carry apart (−0, lone surrogates as UTF-8) is compared after one trip through it.
        expect(out).toEqual((JSON.parse(bytes.toString('utf8')) as { items: unknown[] }).items);
        expect(splitter.complete).toBe(true);
        expect(splitter.continueToken).toBe('a"]}{');
      }),
      { numRuns: 300 },
    );
  });
  it('refuses one object over the limit, and unbalanced text', () => {
    const splitter = new ItemSplitter();
    expect(() => {
      splitter.push(Buffer.from('{"metadata":{},"items":[{"a":"'));
      for (let i = 0; i < 300; i += 1) splitter.push(Buffer.alloc(65_536, 0x61));
    }).toThrow(expect.objectContaining({ reason: 'too-large' }) as Error);
    const endless = new ItemSplitter(); // no object of the list ever begins
    expect(() => {
      endless.push(Buffer.from('{"kind":"'));
      for (let i = 0; i < 600; i += 1) endless.push(Buffer.alloc(65_536, 0x61));
    }).toThrow(expect.objectContaining({ reason: 'too-large' }) as Error);
    expect(() => new ItemSplitter().push(Buffer.from('}'))).toThrow(expect.objectContaining({ reason: 'malformed' }) as Error);
  });
});
