/** One request to the collector. Loaded only where a collector is configured: the HTTP client costs memory on every node. */
import type http from 'node:http';
import https from 'node:https';
import { axios, http as nodeHttp } from '../runtime/http-client.ts';
import { ENVELOPE_TYPE } from '../wire/envelope.ts';
import type { Item } from './batch.ts';
import { type CredentialFiles, type Credentials, CredentialsError, credentialsMark, readCredentials } from './credentials.ts';
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
    const { url, deadlineMs, version } = this.#options;
    try {
      const agent = await this.#currentAgent();
      const { token } = this.#credentials;
      const answer = await axios.post<unknown>(url.href, Buffer.concat(items.map(({ body }) => body)), {
        headers: {
          'content-type': ENVELOPE_TYPE,
          'content-encoding': 'gzip',
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': `xunjian/${version}`,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        httpAgent: agent,
        httpsAgent: agent,
        proxy: false, // the agent's business
        maxRedirects: 0, // a redirect could carry payload and token elsewhere
        decompress: false,
        responseType: 'text',
        transformResponse: (text: unknown) => text,
        maxContentLength: MOST_ANSWER_BYTES,
        maxBodyLength: Number.POSITIVE_INFINITY, // bounded by the batch
        signal: AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)]),
        validateStatus: () => true,
      });
      return outcomeOf(
        answer.status,
        answer.headers,
        typeof answer.data === 'string' ? answer.data : '',
        items.map(({ head }) => head),
      );
    } catch (error) {
      this.#dropConnections(); // one of them may be half dead
      return failureOf(error);
    }
  }

  /** A question beside the ingest, with the same credentials, proxy and limits. `undefined`: no answer that could be read. */
  async ask(path: string, stop: AbortSignal): Promise<{ readonly status: number; readonly text: string } | undefined> {
    const { url, deadlineMs, version } = this.#options;
    try {
      const agent = await this.#currentAgent();
      const { token } = this.#credentials;
      const answer = await axios.get<unknown>(new URL(path, url).href, {
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': `xunjian/${version}`,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        httpAgent: agent,
        httpsAgent: agent,
        proxy: false,
        maxRedirects: 0,
        decompress: false,
        responseType: 'text',
        transformResponse: (text: unknown) => text,
        maxContentLength: MOST_ASKED_BYTES,
        signal: AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)]),
        validateStatus: () => true,
      });
      return { status: answer.status, text: typeof answer.data === 'string' ? answer.data : '' };
    } catch {
      this.#dropConnections();
      return undefined;
    }
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
