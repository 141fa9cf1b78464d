/** HTTP for products that tell by it: one request, one bounded answer, no redirects, no cookies. */
import type { IncomingMessage } from 'node:http';
import { http } from '../runtime/node-http.ts';
import { InstanceFailure, reachOf } from './failure.ts';
import { openLine } from './line.ts';
import type { Visit } from './visit.ts';

/** How a request signs in: with the password as it is declared, or as anybody. */
export type Signing = 'basic' | 'api-key' | 'bearer' | 'none';

export interface Question {
  readonly method?: 'GET' | 'POST';
  /** Begins with `/`; built from constants of the product, never from what a server said. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON to POST (Jolokia's bulk read). */
  readonly body?: string;
  /** Answers beyond this are `too-large`; default: the visit's cap. */
  readonly mostBytes?: number;
  /** 401 and 403 are the caller's too: some products say by them what right is missing. */
  readonly anyStatus?: true;
  /** Default: basic authentication. Without a declared password nobody signs in. */
  readonly signing?: Signing;
}
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** What it calls itself, for products that tell their version there. */
  readonly server?: string | undefined;
}

/**
 * One request over a connection of its own, signed in when a password was declared.
 * @throws InstanceFailure; 401 is `wrong-credentials` (or `credentials-missing`), 403 `no-rights`, other statuses are the caller's
 */
export async function askHttp(visit: Visit, question: Question): Promise<Answer> {
  const answer = await visit.ask((signal) => exchange(visit, question, signal));
  if (question.anyStatus) return answer;
  if (answer.status === 401) throw new InstanceFailure(visit.secrets.password === undefined ? 'credentials-missing' : 'wrong-credentials');
  if (answer.status === 403) throw new InstanceFailure('no-rights');
  return answer;
}

/** The answer as JSON. @throws InstanceFailure `protocol` when it is none, or the status is not 2xx */
export async function askJson(visit: Visit, question: Question): Promise<unknown> {
  const { status, body } = await askHttp(visit, question);
  if (status < 200 || status > 299) throw new InstanceFailure('protocol');
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new InstanceFailure('protocol');
  }
}

async function exchange(
  { address, secrets, limits }: Visit,
  { method = 'GET', path, headers, body, signing = 'basic', mostBytes = limits.answerBytes }: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const { socket, failure } = await openLine(address, { tls: secrets.tls, limits: { ...limits, answerBytes: mostBytes }, signal });
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const sent = http.request(
        {
          createConnection: () => socket,
          method,
          path,
          headers: {
            host: address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`,
            connection: 'close',
            accept: 'application/json, text/plain;q=0.9',
            ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
            ...authorizationOf(secrets, signing),
            ...headers,
          },
        },
        (answer) => {
          textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, body: text, server: String(answer.headers['server'] ?? '').slice(0, 200) }), reject);
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  } catch (error) {
    const reach = reachOf(error);
    // An HTTP parser that chokes has met another protocol.
    throw failure() ?? new InstanceFailure(error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_') ? 'protocol' : reach);
  } finally {
    socket.destroy();
  }
}

function authorizationOf({ username = '', password }: Visit['secrets'], signing: Signing): { authorization?: string } {
  if (password === undefined || signing === 'none') return {};
  if (signing === 'basic') return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  return { authorization: `${signing === 'bearer' ? 'Bearer' : 'ApiKey'} ${password}` };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
