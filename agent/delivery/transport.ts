/** Requests to the collector. Loaded only where a collector is configured: the HTTP client costs memory on every node. */
import type http from 'node:http';
import https from 'node:https';
import { http as nodeHttp } from '../runtime/node-http.ts';
import { ENVELOPE_TYPE } from '../wire/envelope.ts';
import type { Item } from './batch.ts';
import { type CredentialFiles, type Credentials, CredentialsError, credentialsMark, readCredentials } from './credentials.ts';
import { type Answer, type Exchange, exchange } from './exchange.ts';
import { type Outcome, outcomeOf, type Trouble } from './outcome.ts';

export interface TransportOptions extends CredentialFiles {
  /** The ingest endpoint. */
  readonly url: URL;
  readonly proxy?: URL | undefined;
  /** Longest that one request may take, from connecting to the last byte of the answer. */
  readonly deadlineMs: number;
  readonly version: string;
}

/** Longest answer that is read: a hundred receipts are some 20 KB. */
const MOST_ANSWER_BYTES = 256 * 1024;
const MOST_ASKED_BYTES = 4 * 1024 * 1024;

export class Transport {
  readonly #options: TransportOptions;
  readonly #files: CredentialFiles;
  #credentials: Credentials = {};
  #mark = '';
  #agent: http.Agent | undefined;

  constructor(options: TransportOptions) {
    const { tokenFile, caFile, clientCertFile, clientKeyFile } = options;
    this.#options = options;
    this.#files = { tokenFile, caFile, clientCertFile, clientKeyFile };
  }

  /** Changes when a credential's file does. */
  async credentialsMark(): Promise<string> {
    return await credentialsMark(this.#files);
  }

  /** Never throws for what the network or the collector does. The body is made anew for each attempt. */
  async send(items: readonly Item[], stop: AbortSignal): Promise<Outcome> {
    try {
      const body = Buffer.concat(items.map((item) => item.body));
      const headers = { 'content-type': ENVELOPE_TYPE, 'content-encoding': 'gzip' };
      const { status, headers: answered, text } = await this.#exchange(this.#options.url, { method: 'POST', headers, body, mostBytes: MOST_ANSWER_BYTES }, stop);
      return outcomeOf(
        status,
        answered,
        text,
        items.map(({ head }) => head),
      );
    } catch (error) {
      this.#dropConnections(); // one of them may be half dead
      return failureOf(error);
    }
  }

  /** A question beside the ingest, with the same credentials, proxy and limits. `undefined`: no answer that could be read. */
  async ask(path: string, stop: AbortSignal): Promise<{ readonly status: number; readonly text: string } | undefined> {
    try {
      return await this.#exchange(new URL(path, this.#options.url), { method: 'GET', headers: {}, mostBytes: MOST_ASKED_BYTES }, stop);
    } catch {
      this.#dropConnections();
      return undefined;
    }
  }

  async #exchange(url: URL, what: Omit<Exchange, 'agent' | 'signal'>, stop: AbortSignal): Promise<Answer> {
    const { deadlineMs, version } = this.#options;
    const agent = await this.#currentAgent();
    const { token } = this.#credentials;
    const headers = {
      ...what.headers,
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': `xunjian/${version}`,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    return await exchange(url, { ...what, headers, agent, signal: AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)]) });
  }

  close(): void {
    this.#dropConnections();
  }

  #dropConnections(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }

  /** @throws CredentialsError; files in the middle of a rotation are read again at the next attempt */
  async #currentAgent(): Promise<http.Agent> {
    const mark = await this.credentialsMark();
    if (mark !== this.#mark) {
      this.#credentials = await readCredentials(this.#files);
      this.#mark = mark;
      this.#dropConnections();
    }
    this.#agent ??= await agentFor(this.#options, this.#credentials);
    return this.#agent;
  }
}

async function agentFor({ url, proxy, deadlineMs }: TransportOptions, { ca, cert, key }: Credentials): Promise<http.Agent> {
  const common = { keepAlive: true, maxSockets: 1, timeout: deadlineMs };
  if (url.protocol === 'http:') return new nodeHttp.Agent(common); // this machine itself: never through a proxy
  const tls: https.AgentOptions = { ...common, minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) };
  if (!proxy) return new https.Agent(tls);
  const { tunnelAgent } = await import('./tunnel-agent.ts'); // where there is no proxy, its library is not loaded
  return tunnelAgent(tls, proxy, ca);
}

const UNTRUSTED = /^(CERT_|ERR_TLS|ERR_SSL|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/;

function failureOf(error: unknown): Outcome {
  const retry = (trouble: Trouble): Outcome => ({ kind: 'retry', trouble });
  if (error instanceof CredentialsError) return retry('credentials-unusable');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : '';
  const proxyStatus = /^Bad response: (\d{3})$/.exec(message)?.[1]; // hpagent's words for a CONNECT that was refused
  if (proxyStatus === '407' || proxyStatus === '403') return { kind: 'stop', stop: 'proxy-refused' };
  if (proxyStatus !== undefined || message === 'Proxy timeout') return retry('proxy-failed');
  if (code === 'ERR_CANCELED' || code === 'ETIMEDOUT' || code === 'ECONNABORTED') return retry('timeout');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return retry('name-unknown');
  if (UNTRUSTED.test(code)) return retry('untrusted');
  if (code === 'ERR_BAD_RESPONSE' || code.startsWith('HPE_')) return retry('malformed-answer');
  return retry('unreachable');
}
