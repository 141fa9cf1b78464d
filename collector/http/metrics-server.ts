/** /metrics on an address of its own, for scrapers inside the house; nothing else is there. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CollectorMetrics } from './metrics.ts';

export interface MetricsServer extends AsyncDisposable {
  readonly port: number;
}
export async function serveMetrics({ host, port }: { readonly host: string; readonly port: number }, metrics: CollectorMetrics): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8_192 }, (request, response) => {
    const isAsked = request.url?.split('?')[0] === '/metrics' && (request.method === 'GET' || request.method === 'HEAD');
    if (!isAsked) {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType, 'cache-control': 'no-store' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
