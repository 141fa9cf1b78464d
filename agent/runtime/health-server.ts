/** `/healthz`, `/readyz`, `/metrics`: three fixed texts, GET only, nothing of the request is used. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { http } from './node-http.ts';

export interface Health {
  /** The process works. */
  readonly healthy: () => boolean;
  /** It has a result, or is allowed to wait for one. */
  readonly ready: () => boolean;
  readonly metrics: () => Promise<string>;
}

export interface HealthServer {
  readonly port: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @throws the listen error, e.g. EADDRINUSE */
export async function serveHealth(address: { readonly host: string; readonly port: number }, health: Health): Promise<HealthServer> {
  const server = http.createServer({ requestTimeout: 5_000, headersTimeout: 5_000, maxHeaderSize: 8_192 }, (request, response) => {
    const say = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(request.method === 'HEAD' ? undefined : text);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'method not allowed\n');
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/healthz') return health.healthy() ? say(200, 'ok\n') : say(503, 'not ok\n');
    if (path === '/readyz') return health.ready() ? say(200, 'ok\n') : say(503, 'not ready\n');
    if (path === '/metrics')
      return void health.metrics().then(
        (text) => say(200, text, 'text/plain; version=0.0.4; charset=utf-8'),
        () => say(500, 'failed\n'),
      );
    return say(404, 'not found\n');
  });
  server.maxConnections = 64;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => resolve());
  });
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: () => close(server) };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
