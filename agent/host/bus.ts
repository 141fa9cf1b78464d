/**
 * A D-Bus client for asking systemd over its own socket: method calls with text arguments, replies read value by value.
 * A pod sees the host's socket but not its `systemctl`, and the wire format is the same since systemd 209.
 * Format: https://dbus.freedesktop.org/doc/dbus-specification.html
 */
import { createConnection, type Socket } from 'node:net';
import { UnreadableError } from '../gatherers/gatherer.ts';

export interface Call {
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args?: readonly string[];
}

const LITTLE_ENDIAN = 0x6c;
const METHOD_CALL = 1;
const METHOD_RETURN = 2;
const ERROR = 3;
const FIELD = { path: 1, interface: 2, member: 3, replySerial: 5, signature: 8 } as const;
const FIXED_HEADER = 16;
/** The protocol's own limit is 128 MiB; 10⁴ units are 4 MiB. */
const MAX_MESSAGE = 32 * 1024 * 1024;
const MAX_GREETING = 4_096;

/** One connection; close it with `using`. Failures are `UnreadableError`s: `forbidden`, `not-visible`, `malformed`, `timeout`. */
export class BusConnection implements Disposable {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<BodyReader | undefined>>();
  #serial = 0;
  #pending: Buffer = Buffer.alloc(0);
  #failure: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @param path of the socket, as this process sees it */
  static async open(path: string, signal: AbortSignal): Promise<BusConnection> {
    const socket = createConnection({ path, signal });
    await authenticate(socket);
    const connection = new BusConnection(socket);
    socket.on('data', (chunk) => connection.#receive(chunk));
    socket.on('error', () => connection.#fail(new UnreadableError(signal.aborted ? 'timeout' : 'unreachable')));
    socket.on('close', () => connection.#fail(new UnreadableError(signal.aborted ? 'timeout' : 'unreachable')));
    return connection;
  }

  /** The reply's body; `undefined` when the other side answers with an error (no such property in its release). */
  async call(call: Call): Promise<BodyReader | undefined> {
    if (this.#failure) throw this.#failure;
    this.#serial += 1;
    const waiting = Promise.withResolvers<BodyReader | undefined>();
    this.#waiting.set(this.#serial, waiting);
    this.#socket.write(encodeCall(call, this.#serial));
    return await waiting.promise;
  }

  [Symbol.dispose](): void {
    this.#fail(new UnreadableError('failed'));
  }

  #receive(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    try {
      for (let length = messageLength(this.#pending); length !== undefined && this.#pending.length >= length; length = messageLength(this.#pending)) {
        this.#settle(this.#pending.subarray(0, length));
        this.#pending = this.#pending.subarray(length);
      }
    } catch {
      this.#fail(new UnreadableError('malformed'));
    }
  }

  #settle(message: Buffer): void {
    const type = message.readUInt8(1);
    const fieldsLength = message.readUInt32LE(12);
    const serial = replySerial(new BodyReader(message.subarray(0, FIXED_HEADER + fieldsLength), FIXED_HEADER));
    const waiting = serial === undefined ? undefined : this.#waiting.get(serial);
    if (serial === undefined || !waiting || (type !== METHOD_RETURN && type !== ERROR)) return; // a signal, or nobody's
    this.#waiting.delete(serial);
    waiting.resolve(type === ERROR ? undefined : new BodyReader(message.subarray(aligned(FIXED_HEADER + fieldsLength, 8))));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
    this.#socket.destroy();
  }
}

/** SASL EXTERNAL: the kernel tells the other side who we are. */
async function authenticate(socket: Socket): Promise<void> {
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
  try {
    await new Promise<void>((resolve, reject) => {
      let greeting = '';
      socket.once('error', reject);
      socket.once('close', () => reject(new UnreadableError('forbidden'))); // refused without a word
      socket.on('data', function read(chunk: Buffer) {
        greeting += chunk.toString('latin1');
        if (!greeting.includes('\r\n') && greeting.length < MAX_GREETING) return;
        socket.off('data', read);
        if (greeting.startsWith('OK ')) resolve();
        else reject(new UnreadableError('forbidden'));
      });
      socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
    });
    socket.removeAllListeners('error').removeAllListeners('close');
    socket.write('BEGIN\r\n');
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  }
}

/** Reads values in the order of the signature, each at its alignment. Throws `RangeError` beyond the end. */
export class BodyReader {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }
  get done(): boolean {
    return this.at >= this.#bytes.length;
  }
  align(size: number): void {
    this.at = aligned(this.at, size);
  }
  byte(): number {
    this.at += 1;
    return this.#bytes.readUInt8(this.at - 1);
  }
  uint32(): number {
    this.align(4);
    this.at += 4;
    return this.#bytes.readUInt32LE(this.at - 4);
  }
  uint64(): number {
    this.align(8);
    this.at += 8;
    return Number(this.#bytes.readBigUInt64LE(this.at - 8));
  }
  /** A string or an object path. */
  text(): string {
    return this.#text(this.uint32());
  }
  signature(): string {
    return this.#text(this.byte());
  }
  #text(length: number): string {
    if (this.at + length + 1 > this.#bytes.length) throw new RangeError('beyond the end');
    const text = this.#bytes.toString('utf8', this.at, this.at + length);
    this.at += length + 1;
    return text;
  }
}

function replySerial(fields: BodyReader): number | undefined {
  while (!fields.done) {
    fields.align(8);
    if (fields.done) return undefined;
    const code = fields.byte();
    const signature = fields.signature();
    if (signature === 'u') {
      const value = fields.uint32();
      if (code === FIELD.replySerial) return value;
    } else if (signature === 'g') fields.signature();
    else fields.text();
  }
  return undefined;
}

/** Whole length of the message that begins here; `undefined` while its head is not there. */
function messageLength(bytes: Buffer): number | undefined {
  if (bytes.length < FIXED_HEADER) return undefined;
  const length = aligned(FIXED_HEADER + bytes.readUInt32LE(12), 8) + bytes.readUInt32LE(4);
  if (bytes[0] !== LITTLE_ENDIAN || length > MAX_MESSAGE) throw new UnreadableError('malformed');
  return length;
}

function encodeCall({ path, interface: of, member, args = [] }: Call, serial: number): Buffer {
  const body = new Writer();
  for (const arg of args) body.text(arg);
  const head = new Writer();
  head.bytes(LITTLE_ENDIAN, METHOD_CALL, 0, 1).uint32(body.length).uint32(serial).uint32(0);
  head.align(8).bytes(FIELD.path, 1, 0x6f, 0).text(path);
  head.align(8).bytes(FIELD.interface, 1, 0x73, 0).text(of);
  head.align(8).bytes(FIELD.member, 1, 0x73, 0).text(member);
  if (args.length > 0) head.align(8).bytes(FIELD.signature, 1, 0x67, 0, args.length, ...Buffer.from('s'.repeat(args.length)), 0);
  const fieldsLength = head.length - FIXED_HEADER;
  const encoded = Buffer.concat([head.align(8).toBuffer(), body.toBuffer()]);
  encoded.writeUInt32LE(fieldsLength, 12);
  return encoded;
}

class Writer {
  readonly #bytes: number[] = [];
  get length(): number {
    return this.#bytes.length;
  }
  bytes(...bytes: readonly number[]): this {
    this.#bytes.push(...bytes);
    return this;
  }
  align(size: number): this {
    while (this.#bytes.length % size !== 0) this.#bytes.push(0);
    return this;
  }
  uint32(value: number): this {
    return this.align(4).bytes(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff);
  }
  text(text: string): this {
    const bytes = Buffer.from(text);
    return this.uint32(bytes.length).bytes(...bytes, 0);
  }
  toBuffer(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

function aligned(at: number, size: number): number {
  return Math.ceil(at / size) * size;
}
