/** An HTTP proxy in front of a test's API server: counts what is asked, and can cut every connection or refuse new ones. */
import { type ClientRequest, createServer, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { KubeClient } from '../../agent/kube/client.ts';
import { Cluster } from '../../agent/kube/cluster.ts';
import { connect } from '../../agent/kube/connection.ts';
import type { Credential } from '../../agent/kube/credential.ts';
import type { ApiServer } from './api-server.ts';

export interface CountingProxy {
  readonly credential: Credential;
  /** Paths of lists (with `limit`) and of watches, in the order they came. */
  readonly lists: string[];
  readonly watches: string[];
  /** Answers instead of the server while it returns something. */
  answer: ((request: IncomingMessage) => { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | undefined) | undefined;
  /** Seconds that are added to the dates of answers: a server whose clock is off. */
  clockOffsetSeconds: number;
  /** Drops every open connection. */
  cut(): void;
  /** Refuses connections until told otherwise. */
  closed: boolean;
}

export async function countingProxy(server: ApiServer): Promise<CountingProxy> {
  const agent = new https.Agent({ rejectUnauthorized: false, keepAlive: true, maxSockets: 64 });
  const authorization = String(server.http.defaults.headers['authorization']);
  const open = new Set<ClientRequest>();
  const front = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    if (proxy.closed) return void request.socket.destroy();
    if (url.searchParams.get('watch') === 'true') proxy.watches.push(url.pathname);
    else if (url.searchParams.has('limit')) proxy.lists.push(url.pathname);
    const fixed = proxy.answer?.(request);
    if (fixed !== undefined) return void response.writeHead(fixed.status, { ...fixed.headers }).end('{}');
    const onward = https.request(`${server.url}${request.url}`, { method: request.method ?? 'GET', agent, headers: { authorization, accept: 'application/json' } }, (answer) => {
      const date = new Date(Date.parse(String(answer.headers.date)) + proxy.clockOffsetSeconds * 1_000).toUTCString();
      response.writeHead(answer.statusCode ?? 502, {
        date,
        'content-type': 'application/json',
        ...(answer.headers['retry-after'] && { 'retry-after': answer.headers['retry-after'] }),
      });
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    open.add(onward);
    onward.on('error', () => response.destroy());
    onward.on('close', () => open.delete(onward));
    response.on('close', () => onward.destroy());
    return void onward.end();
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const proxy: CountingProxy = {
    credential: { server: `http://127.0.0.1:${(front.address() as AddressInfo).port}`, headers: {}, clusterName: 'test' },
    lists: [],
    watches: [],
    answer: undefined,
    clockOffsetSeconds: 0,
    closed: false,
    cut: () => front.closeAllConnections(),
  };
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
    agent.destroy();
  });
  return proxy;
}

/** The cluster behind the proxy, as gatherers see it. `now` is Unix seconds. */
export function clusterBehind(proxy: CountingProxy, now: () => number = () => Date.now() / 1_000): Cluster {
  return new Cluster(new KubeClient(connect(proxy.credential, '', 16)), now);
}

/** Waits until something is so. @throws after the time */
export async function until(what: () => boolean, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!what()) {
    if (performance.now() > end) throw new Error(`not so within ${ms} ms: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
