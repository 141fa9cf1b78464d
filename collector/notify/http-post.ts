/** One HTTP exchange with a target: no redirects, no proxy by accident, bounded answer, one deadline, errors without secrets. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosResponse } from 'axios';
import type { AddressGuard } from './address-guard.ts';
import { line } from './escape.ts';
import { networkFailure, retryAfterMs, SendError } from './send-error.ts';

/** Answers are read so far; they are error messages at most. */
const LONGEST_ANSWER = 64 * 1024;

export interface PostOptions {
  readonly guard: AddressGuard;
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM of a private CA, in addition to the system's. */
  readonly ca?: string | undefined;
  readonly method?: 'POST' | 'GET';
  /** Must not show in what is kept of the answer. */
  readonly secrets?: readonly string[];
}
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The body as JSON, or `undefined`. */
  readonly json: unknown;
  readonly retryAfterMs: number | undefined;
}

/** @throws SendError when there was no answer; any status is an answer */
export async function post(url: string, body: string, { guard, signal, headers = {}, ca, method = 'POST', secrets = [] }: PostOptions): Promise<Answer> {
  const { hostname } = new URL(url);
  const agentOptions = { lookup: guard.lookup, keepAlive: false, ...(ca !== undefined && { ca }) };
  let answer: AxiosResponse<string>;
  try {
    guard.assertHost(hostname);
    answer = await axios.request<string>({
      url,
      method,
      ...(method === 'POST' && { data: body }),
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'xunjian', Accept: 'application/json, text/plain', ...headers },
      httpAgent: new HttpAgent(agentOptions),
      httpsAgent: new HttpsAgent(agentOptions),
      adapter: 'http',
      proxy: false,
      maxRedirects: 0,
      maxContentLength: LONGEST_ANSWER,
      maxBodyLength: 2 * 1024 * 1024,
      responseType: 'text',
      transformResponse: [(text: unknown) => (typeof text === 'string' ? text : '')],
      validateStatus: () => true,
      signal,
    });
  } catch (error) {
    // Too long an answer is an answer of somebody who is not the service that was meant.
    if (axios.isAxiosError(error) && error.code === 'ERR_BAD_RESPONSE') throw new SendError('unavailable', `the answer is longer than ${LONGEST_ANSWER} bytes or broke off`);
    throw networkFailure(error);
  }
  const header: unknown = answer.headers['retry-after'];
  return {
    status: answer.status,
    body: withoutSecrets(line(answer.data, 300), secrets),
    json: parsed(answer.data),
    retryAfterMs: retryAfterMs(header, Date.now()),
  };
}

/** What a status means for services that use HTTP as it was meant. */
export function assertAccepted(answer: Answer): void {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return;
  throw new SendError(failureOf(status), `HTTP ${status}${body === '' ? '' : `: ${body}`}`, answer.retryAfterMs);
}
function failureOf(status: number): SendError['failure'] {
  if (status === 401 || status === 403 || status === 407) return 'unauthorized';
  if (status === 429) return 'throttled';
  if (status === 408 || status === 425) return 'unavailable';
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) return 'misconfigured'; // the address is wrong, not the message
  return status >= 400 && status < 500 ? 'rejected' : 'unavailable';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 4) clean = clean.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***');
  return clean;
}
