/** A request's body to decoded envelopes, within the limits: what would grow beyond them is not decompressed to the end. */
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { type Decoded, decodeLine, HEADER_BYTES, refuseLong } from './decode.ts';
import type { IngestLimits } from './limits.ts';

export type Encoding = 'gzip' | 'identity';
/** Why no envelope of the request was taken. */
export interface BodyFault {
  readonly code: 'invalid' | 'too-large';
  readonly message: string;
}
export type BodyResult = { readonly envelopes: readonly Decoded[]; readonly decompressedBytes: number } | { readonly fault: BodyFault };

/** Bodies that decompress to less are decompressed at once, which is faster than in pieces. */
const AT_ONCE_BYTES = 4 * 1_048_576;
/** The ratio says nothing about bodies of a few bytes. */
const RATIO_FROM_BYTES = 1_048_576;

class BodyError extends Error {
  readonly code: BodyFault['code'];
  constructor(code: BodyFault['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export async function decodeRequest(body: Uint8Array, encoding: Encoding, limits: IngestLimits): Promise<BodyResult> {
  const reader = new LineReader(limits);
  const cap = Math.min(limits.decompressedBytes, Math.max(RATIO_FROM_BYTES, body.length * limits.ratio));
  try {
    if (encoding === 'identity') reader.push(body);
    else if (!readAtOnce(body, reader, cap)) await readInPieces(body, reader, cap);
    return { envelopes: reader.end(), decompressedBytes: reader.bytes };
  } catch (error) {
    if (error instanceof BodyError) return { fault: { code: error.code, message: error.message } };
    throw error;
  }
}

function readAtOnce(body: Uint8Array, reader: LineReader, cap: number): boolean {
  let plain: Uint8Array;
  try {
    plain = gunzipSync(body, { maxOutputLength: Math.min(cap, AT_ONCE_BYTES) });
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw new BodyError('invalid', 'the body is not gzip, or its end is missing');
  }
  reader.push(plain);
  return true;
}

async function readInPieces(body: Uint8Array, reader: LineReader, cap: number): Promise<void> {
  const stream = createGunzip({ chunkSize: 256 * 1_024, flush: constants.Z_NO_FLUSH });
  stream.end(body);
  try {
    for await (const piece of stream as AsyncIterable<Uint8Array>) {
      if (reader.bytes + piece.length > cap) throw new BodyError('too-large', `the body decompresses to more than ${cap} bytes: send fewer envelopes at once`);
      reader.push(piece);
    }
  } catch (error) {
    if (error instanceof BodyError) throw error;
    throw new BodyError('invalid', 'the body is not gzip, or its end is missing');
  } finally {
    stream.destroy();
  }
}

const NEWLINE = 10;

/** Cuts bytes into lines; holds one line at most, and of a line that is too long its header only. */
class LineReader {
  readonly #limits: IngestLimits;
  readonly #decoded: Decoded[] = [];
  #parts: Uint8Array[] = [];
  #length = 0;
  bytes = 0;

  constructor(limits: IngestLimits) {
    this.#limits = limits;
  }

  push(piece: Uint8Array): void {
    this.bytes += piece.length;
    let from = 0;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
      this.#keep(piece.subarray(from, at));
      this.#finish();
      from = at + 1;
    }
    if (from < piece.length) this.#keep(piece.subarray(from));
  }

  /** What was decoded, in order. */
  end(): readonly Decoded[] {
    this.#finish();
    if (this.#decoded.length === 0) throw new BodyError('invalid', 'the body holds no envelope');
    return this.#decoded;
  }

  #keep(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length <= this.#limits.lineBytes) this.#parts.push(part);
    else if (this.#parts.length !== 1 || (this.#parts[0]?.length ?? 0) > HEADER_BYTES * 2)
      this.#parts = [Uint8Array.prototype.slice.call(Buffer.concat([...this.#parts, part.subarray(0, HEADER_BYTES * 2)]), 0, HEADER_BYTES * 2)];
  }

  #finish(): void {
    const [first] = this.#parts;
    if (first !== undefined && this.#length > 0) {
      if (this.#decoded.length >= this.#limits.envelopes) throw new BodyError('too-large', `more than ${this.#limits.envelopes} envelopes in one request`);
      const line = this.#parts.length === 1 ? first : Buffer.concat(this.#parts);
      this.#decoded.push(this.#length > this.#limits.lineBytes ? refuseLong(line) : decodeLine(line));
    }
    this.#parts = [];
    this.#length = 0;
  }
}
