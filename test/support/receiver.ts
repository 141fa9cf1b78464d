/** An HTTP receiver on loopback that keeps what it got and answers as told. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** What to do with the next requests; default 200 `{}`. */
  answer: (response: ServerResponse, request: Received) => void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const receiver = { answer: (response: ServerResponse, _received: Received): void => void response.end('{}') };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { path: request.url ?? '', method: request.method ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(one);
      receiver.answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${address.port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
