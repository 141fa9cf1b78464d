/** Stands between agents and a collector, hands everything on and keeps it; on demand it answers in the collector's stead. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (incoming: IncomingMessage, response: ServerResponse) => void;

export class Tap implements AsyncDisposable {
  /** Request lines with headers, and bodies as they were sent. */
  readonly heads: string[] = [];
  readonly bodies: Buffer[] = [];
  /** Answers to give instead, one a request; `always` when they have run out. */
  readonly instead: Answer[] = [];
  always: Answer | undefined;
  readonly #to: URL;
  readonly #server = createServer((incoming, response) => void this.#take(incoming, response));

  constructor(to: string) {
    this.#to = new URL(to);
  }
  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      return; // the agent was killed meanwhile
    }
    const body = Buffer.concat(chunks);
    const { authorization: _, ...headers } = incoming.headers; // the token is a secret of the test, not a canary
    this.heads.push(`${incoming.method} ${incoming.url} ${JSON.stringify(headers)}`);
    this.bodies.push(body);
    const answer = this.instead.shift() ?? this.always;
    if (answer) return answer(incoming, response);
    const { hostname, port } = this.#to;
    const onward = request({ hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  }
}
