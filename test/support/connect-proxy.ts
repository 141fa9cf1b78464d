/** A forward proxy that knows CONNECT and, where told, asks for a password. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export class ConnectProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** `host:port` as they were asked for. */
  readonly asked: string[] = [];
  /** Answers 407 to everybody. */
  refuses = false;

  constructor(userAndPassword?: string) {
    this.#server = createServer((_request, response) => response.writeHead(405).end());
    this.#server.on('connect', (request, client: Socket) => {
      this.#sockets.add(client);
      client.on('error', () => undefined);
      const expected = userAndPassword === undefined ? undefined : `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
      if (this.refuses || (expected !== undefined && request.headers['proxy-authorization'] !== expected)) {
        client.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      const target = request.url ?? '';
      this.asked.push(target);
      const match = /^(?:\[([0-9a-f:]+)\]|([\w.-]+)):(\d+)$/.exec(target);
      if (!match) return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      const upstream = connect(Number(match[3]), match[1] ?? match[2] ?? '', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(client).pipe(upstream);
      });
      this.#sockets.add(upstream);
      upstream.on('error', () => client.destroy());
    });
  }
  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
