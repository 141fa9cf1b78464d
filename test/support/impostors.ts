/** Servers that are not what they seem: silent, closing, babbling, flooding, or answering HTTP from a table. */
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { type Declared, LIMITS } from '../../agent/middleware/declaration.ts';
import type { Product } from '../../agent/wire/sections/middleware/products.ts';
import { inspectMiddleware } from './middleware.ts';

/** A body by `path` (without what follows `?`), or a whole answer. */
export type Routes = Readonly<Record<string, string | { readonly status: number; readonly body: string }>>;

interface HttpManners {
  readonly authorization?: string;
  readonly admits?: (path: string, authorization: string | undefined) => boolean;
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string; readonly requestCert?: boolean };
  /** What it calls itself. */
  readonly server?: string;
}

export class Impostors {
  readonly #servers: Server[] = [];
  /** Requests that the HTTP ones were asked, `path?query`. */
  readonly asked: string[] = [];

  /** Does to each connection what it is told. */
  async raw(onConnection: (socket: Socket) => void): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      onConnection(socket);
    });
    return await this.#listen(server);
  }
  /**
   * @param authorization what a request must bear, otherwise 401 @param admits whether a request is answered, otherwise 403
   * @param tls PEM texts of a server's certificate
   */
  async http(routes: Routes, { authorization, admits, tls, server = '' }: HttpManners = {}): Promise<number> {
    const answer = (request: IncomingMessage): { status: number; body: string } => {
      this.asked.push(request.url ?? '');
      if (authorization !== undefined && request.headers.authorization !== authorization) return { status: 401, body: '{"error":"not_authorised","reason":"Login failed"}' };
      if (admits?.((request.url ?? '').split('?', 1)[0] ?? '', request.headers.authorization) === false) return { status: 403, body: '{"Code":"AccessDenied"}' };
      const found = routes[(request.url ?? '').split('?', 1)[0] ?? ''];
      return typeof found === 'string' ? { status: 200, body: found } : (found ?? { status: 404, body: '{}' });
    };
    const handle: Parameters<typeof createHttp>[1] = (request, response) => {
      const { status, body } = answer(request);
      response.writeHead(status, { 'content-type': 'application/json', ...(server !== '' && { server }) }).end(body);
    };
    return await this.#listen(tls ? createHttps(tls, handle) : createHttp(handle));
  }
  async silent(): Promise<number> {
    return await this.raw(() => undefined);
  }
  async closing(): Promise<number> {
    return await this.raw((socket) => socket.destroy());
  }
  /** @param text said at once, whatever is asked */
  async babbling(text: string): Promise<number> {
    return await this.raw((socket) => socket.end(text));
  }
  /** @param begin what makes a client believe that all of it is meant */
  async flooding(begin: string | Buffer, filling: string): Promise<number> {
    return await this.raw((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, filling)));
      };
      socket.write(begin);
      socket.on('drain', pour);
      pour();
    });
  }

  /** How asking each kind ends: silent, closing, babbling another protocol, flooding, nobody there. Bounded in time and bytes. */
  async ends(
    product: Product,
    flood: { readonly begin: string | Buffer; readonly filling: string },
    babble = 'SSH-2.0-OpenSSH_9.2\r\n',
    declared: Partial<Declared> = {},
  ): Promise<readonly unknown[]> {
    const reachOf = async (port: number, statementMs = 20_000): Promise<unknown> =>
      (
        await inspectMiddleware({
          product,
          ports: [port],
          declared: { ...declared, limits: { ...LIMITS, connectMs: 20_000, statementMs, instanceMs: 30_000, answerBytes: 64 * 1024 } },
        })
      ).reach;
    return await Promise.all([
      reachOf(await this.silent(), 400),
      reachOf(await this.closing()),
      reachOf(await this.babbling(babble)),
      reachOf(await this.flooding(flood.begin, flood.filling)),
      reachOf(1),
    ]);
  }

  async #listen(server: Server): Promise<number> {
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }
  [Symbol.dispose](): void {
    for (const server of this.#servers) server.close();
  }
}

/** For products that speak HTTP. */
export const HTTP_FLOOD = { begin: 'HTTP/1.1 200 OK\r\ncontent-length: 900000000\r\n\r\n', filling: '{"a":' } as const;
export const HONEST = ['timeout', 'protocol', 'protocol', 'too-large', 'refused'] as const;
