/** Brokers that answer with recorded frames: the wire is real, the answers are those of a real Kafka. SASL is their own. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';

const HANDSHAKE = 17;
const AUTHENTICATE = 36;
const API_VERSIONS = 18;
const AUTHENTICATION_FAILED = 58;
const UNSUPPORTED_MECHANISM = 33;

interface Frame {
  readonly api: number;
  readonly version: number;
  /** Base64, without length and correlation id. */
  readonly answer: string;
}
export interface Recording {
  readonly origin: { readonly version: string };
  readonly brokers: readonly (readonly Frame[])[];
}
export function kafkaRecording(name: string): Recording {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/middleware/kafka', `${name}.json`), 'utf8')) as Recording;
}

export interface Sasl {
  readonly mechanisms: readonly string[];
  readonly username: string;
  readonly password: string;
  /** What the broker says it hashed; a hostile one says very much. */
  readonly iterations?: number;
}
export interface BrokerOptions {
  readonly sasl?: Sasl;
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
  /** Changes an answer before it is sent. */
  readonly spoil?: (api: number, answer: Buffer) => Buffer;
}

export class KafkaBrokers {
  readonly #servers: Server[] = [];
  /** Ids of the requests that were asked. */
  readonly asked: number[] = [];
  /** All bytes that clients sent. */
  readonly heard: Buffer[] = [];

  /** One server per broker of the recording; their ports. */
  async start({ brokers }: Recording, options: BrokerOptions = {}): Promise<number[]> {
    return await Promise.all(brokers.map(async (frames) => await this.#listen([frames, ...brokers], options)));
  }

  async #listen(frames: Recording['brokers'], options: BrokerOptions): Promise<number> {
    const serve = (socket: Socket): void => this.#serve(socket, frames, options);
    const { tls } = options;
    const server = tls ? createTls({ ...tls, requestCert: tls.ca !== undefined, rejectUnauthorized: tls.ca !== undefined }, serve) : createServer(serve);
    server.on('tlsClientError', () => undefined);
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  #serve(socket: Socket, frames: Recording['brokers'], { sasl, spoil }: BrokerOptions): void {
    const used = new Map<string, number>();
    const login = sasl && new Login(sasl);
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.heard.push(chunk);
      received = Buffer.concat([received, chunk]);
      if (received.length >= 4 && received.readInt32BE(0) > 1_000_000) return void socket.destroy(); // a TLS greeting
      while (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) {
        const request = received.subarray(4, 4 + received.readInt32BE(0));
        received = received.subarray(4 + request.length);
        const [api, version] = [request.readInt16BE(0), request.readInt16BE(2)];
        this.asked.push(api);
        const key = `${api}/${version}`;
        const nth = used.get(key) ?? 0;
        used.set(key, nth + 1);
        // Its own answer; what only one of them was asked, all would have told.
        const recorded = frames.map((own) => own.filter((frame) => frame.api === api && frame.version === version)[nth]).find((frame) => frame !== undefined);
        const own = login?.answer(api, request);
        const isEarly = login !== undefined && !login.isIn && api !== API_VERSIONS && own === undefined;
        const answer = own ?? (recorded && Buffer.from(recorded.answer, 'base64'));
        if (isEarly || !answer) return void socket.destroy();
        const sent = spoil ? spoil(api, answer) : answer;
        const head = Buffer.alloc(8);
        head.writeInt32BE(4 + sent.length, 0);
        request.copy(head, 4, 4, 8);
        socket.write(Buffer.concat([head, sent]));
        if (login?.isRefused) socket.end();
      }
    });
  }
  [Symbol.dispose](): void {
    for (const server of this.#servers) server.close();
  }
}

/** The broker's side of SaslHandshake v1 and SaslAuthenticate v2, PLAIN and SCRAM. */
class Login {
  readonly #sasl: Sasl;
  #mechanism = '';
  #scram: { readonly first: string; readonly bare: string; readonly salt: Buffer; readonly iterations: number } | undefined;
  isIn = false;
  isRefused = false;
  constructor(sasl: Sasl) {
    this.#sasl = sasl;
  }

  answer(api: number, request: Buffer): Buffer | undefined {
    const body = 10 + Math.max(0, request.readInt16BE(8));
    if (api === HANDSHAKE) {
      this.#mechanism = request.toString('utf8', body + 2, body + 2 + request.readInt16BE(body));
      const isOffered = this.#sasl.mechanisms.includes(this.#mechanism);
      this.isRefused = !isOffered;
      const names = this.#sasl.mechanisms.map((name) => Buffer.concat([int16(name.length), Buffer.from(name)]));
      return Buffer.concat([int16(isOffered ? 0 : UNSUPPORTED_MECHANISM), int32(names.length), ...names]);
    }
    if (api !== AUTHENTICATE) return undefined;
    // Tags of the header, then bytes with their length in a variable number, one more than it is.
    const [length, start] = varint(request, body + 1);
    return this.#authenticate(request.subarray(start, start + length - 1));
  }

  #authenticate(bytes: Buffer): Buffer {
    const { username, password, iterations = 4_096 } = this.#sasl;
    if (this.#mechanism === 'PLAIN') return bytes.toString() === `\0${username}\0${password}` ? this.#accept('') : this.#refuse();
    const text = bytes.toString();
    const [hash, size] = this.#mechanism.endsWith('512') ? (['sha512', 64] as const) : (['sha256', 32] as const);
    if (!this.#scram) {
      const bare = text.replace(/^n,,/, '');
      const nonce = /r=([^,]+)/.exec(bare)?.[1] ?? '';
      const salt = randomBytes(16);
      this.#scram = { bare, salt, iterations, first: `r=${nonce}${randomBytes(12).toString('hex')},s=${salt.toString('base64')},i=${iterations}` };
      return frame(0, this.#scram.first);
    }
    const { bare, first, salt } = this.#scram;
    const salted = pbkdf2Sync(password, salt, iterations, size, hash);
    const mac = (key: Buffer, data: string): Buffer => createHmac(hash, key).update(data).digest();
    const clientKey = mac(salted, 'Client Key');
    const signature = mac(createHash(hash).update(clientKey).digest(), `${bare},${first},${text.replace(/,p=.*$/, '')}`);
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0))).toString('base64');
    if (bare !== `n=${username},${/r=[^,]+/.exec(bare)?.[0]}` || !text.endsWith(`,p=${proof}`)) return this.#refuse();
    return this.#accept(`v=${mac(mac(salted, 'Server Key'), `${bare},${first},${text.replace(/,p=.*$/, '')}`).toString('base64')}`);
  }
  #accept(text: string): Buffer {
    this.isIn = true;
    return frame(0, text);
  }
  #refuse(): Buffer {
    this.isRefused = true;
    return frame(AUTHENTICATION_FAILED, '');
  }
}

function frame(code: number, text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = bytes.length + 1;
  const size = length < 128 ? Buffer.from([length]) : Buffer.from([(length & 0x7f) | 0x80, length >> 7]);
  return Buffer.concat([Buffer.from([0]), int16(code), Buffer.from([0]), size, bytes, Buffer.alloc(8), Buffer.from([0])]);
}
function varint(buffer: Buffer, at: number): [value: number, next: number] {
  const low = buffer[at] ?? 0;
  return low < 128 ? [low, at + 1] : [(low & 0x7f) | ((buffer[at + 1] ?? 0) << 7), at + 2];
}
function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}
function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}
