/** The collector's end of the wire as a real HTTP(S) server: unpacks, checks each digest, remembers ids, answers as told. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { type EnvelopeHeader, payloadId, type Receipt, splitEnvelope } from '../../agent/wire/envelope.ts';

export interface Taken {
  readonly header: EnvelopeHeader;
  readonly body: string;
}
/** One request: what it held, and the exchange itself. */
export interface Arrival {
  readonly taken: readonly Taken[];
  readonly bytes: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}
/** Answers itself and returns `true`, or leaves it to the peer. */
export type Script = (arrival: Arrival, count: number) => boolean | Promise<boolean>;

export class CollectorPeer {
  readonly #server;
  readonly #isTls: boolean;
  readonly arrivals: Arrival[] = [];
  /** By id, in order of arrival. */
  readonly accepted = new Map<string, Taken>();
  duplicates = 0;
  script: Script = () => false;
  host = '127.0.0.1';

  constructor(tls?: ServerOptions) {
    const onRequest = (request: IncomingMessage, response: ServerResponse): void => void this.#take(request, response);
    this.#isTls = tls !== undefined;
    this.#server = tls ? createTlsServer(tls, onRequest) : createServer(onRequest);
  }
  async listen(host = '127.0.0.1', port = 0): Promise<this> {
    this.host = host;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, resolve);
    });
    return this;
  }
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  get url(): string {
    return `${this.#isTls ? 'https' : 'http'}://${this.host.includes(':') ? `[${this.host}]` : this.host}:${this.port}`;
  }
  get endpoint(): URL {
    return new URL(`${this.url}/api/v1/ingest`);
  }
  setTls(options: ServerOptions): void {
    if ('setSecureContext' in this.#server) this.#server.setSecureContext(options);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Receipts for these, remembering them. */
  receipts(taken: readonly Taken[]): Receipt[] {
    return taken.map((one) => {
      const id = payloadId(one.header);
      const isKnown = this.accepted.has(id);
      if (isKnown) this.duplicates += 1;
      else this.accepted.set(id, one);
      return { id, sha256: one.header.sha256, status: isKnown ? 'duplicate' : 'accepted' };
    });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const packed = Buffer.concat(chunks);
    const arrival: Arrival = { taken: unpack(packed), bytes: packed.length, request, response };
    this.arrivals.push(arrival);
    if (await this.script(arrival, this.arrivals.length)) return;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ receipts: this.receipts(arrival.taken) }));
  }
}

/** @throws when a line is no envelope or its digest is not that of its body */
export function unpack(packed: Buffer): readonly Taken[] {
  if (packed.length === 0) return [];
  const lines = gunzipSync(packed).toString('utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const split = splitEnvelope(line);
    if (!split || createHash('sha256').update(split.body).digest('hex') !== split.header.sha256) throw new Error(`not an envelope: ${line.slice(0, 80)}`);
    return split;
  });
}
