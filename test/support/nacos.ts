/** Nacos servers that answer as recorded ones did, with the signing in of a real one. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { join } from 'node:path';

interface Answer {
  readonly status: number;
  readonly body: string;
}
/** By `METHOD /path?query`, below the context path. */
export type NacosAnswers = Readonly<Record<string, Answer>>;
export function nacosRecording(name: string): readonly NacosAnswers[] {
  const file = join(import.meta.dirname, '../fixtures/middleware/nacos', `${name}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly members: readonly NacosAnswers[] }).members;
}

export interface NacosOptions {
  readonly account?: { readonly username: string; readonly password: string };
  /** Paths that want the token. */
  readonly guarded?: readonly string[];
  readonly tls?: { readonly cert: string; readonly key: string };
  /** How 1.4 refuses a password: with a status line that is none. */
  readonly refusesBadly?: boolean;
}

export class NacosServers {
  readonly #servers: Server[] = [];
  readonly asked: string[] = [];
  readonly authorizations = new Set<string>();

  async start(answers: NacosAnswers, options: NacosOptions = {}): Promise<number> {
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => this.#answer(request, body, response, answers, options));
    };
    const server = options.tls ? createHttps(options.tls, handle) : createServer(handle);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  #answer(
    { method, url = '', headers, socket }: IncomingMessage,
    body: string,
    response: ServerResponse,
    answers: NacosAnswers,
    { account, guarded = [], refusesBadly }: NacosOptions,
  ): void {
    const key = `${method} ${url.replace(/^\/nacos/, '')}`;
    this.asked.push(key);
    if (headers.authorization !== undefined) this.authorizations.add(headers.authorization);
    if (account && method === 'POST') {
      const given = new URLSearchParams(body);
      if (given.get('username') !== account.username || given.get('password') !== account.password) {
        if (refusesBadly) return void socket.end('HTTP/1.1 \r\nDate: Thu, 26 Nov 2026 01:51:42 GMT\r\n\r\n');
        return void response.writeHead(403).end('unknown user!');
      }
    }
    const isGuarded = guarded.some((path) => key.includes(path)) && headers.authorization !== 'Bearer recorded.token.0';
    const { status, body: text } = isGuarded ? { status: 403, body: '{"message":"canary"}' } : (answers[key] ?? { status: 404, body: '{}' });
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }
  [Symbol.dispose](): void {
    for (const server of this.#servers) server.close();
  }
}
