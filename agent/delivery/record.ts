/**
 * How payloads lie in an outbox segment. A record is a head of fixed size and the envelope's line as one gzip member, so
 * that a request is the concatenation of records (RFC 1952, 2.2: a gzip file is a series of members) and a second attempt
 * costs no compression. Head and body have a checksum each: the head's length can be trusted without reading the body.
 */
import { crc32, gzipSync } from 'node:zlib';
import { type EnvelopeHeader, envelopeLine, PAYLOAD_KINDS } from '../wire/envelope.ts';

/** Whom the names in a payload are for: `vendor` pseudonyms, `site` clear, which must not cross the site's border. */
export const BOUNDARIES = ['vendor', 'site'] as const;
export type BoundaryName = (typeof BOUNDARIES)[number];

/** What is known of a record without its body. */
export interface RecordHead extends EnvelopeHeader {
  readonly boundary: BoundaryName;
  /** Length of the gzip member. */
  readonly bytes: number;
  /** Length of the envelope's line. */
  readonly rawBytes: number;
  readonly bodyCrc: number;
}

export const HEAD_BYTES = 96;
/** Longest body that a head may claim: a wrong length must not allocate the machine's memory. */
export const MOST_BODY_BYTES = 32 * 1024 * 1024;
const MAGIC = Buffer.from('XJR\u0001', 'latin1');

/** A record as it is appended. `keptAt` in Unix seconds. */
export function encodeRecord(header: EnvelopeHeader, json: string, boundary: BoundaryName): { readonly head: RecordHead; readonly buffer: Buffer } {
  const line = Buffer.from(`${envelopeLine(header, { json })}\n`);
  const body = gzipSync(line, { level: 6 });
  const head: RecordHead = { ...header, keptAt: Math.floor(header.keptAt), boundary, bytes: body.length, rawBytes: line.length, bodyCrc: crc32(body) };
  return { head, buffer: Buffer.concat([encodeHead(head), body]) };
}

export function encodeHead({ agent, boot, seq, kind, keptAt, sha256, boundary, bytes, rawBytes, bodyCrc }: RecordHead): Buffer {
  const buffer = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(buffer, 0);
  buffer.writeUInt32LE(bodyCrc, 8);
  buffer.writeUInt32LE(bytes, 12);
  buffer.writeUInt32LE(rawBytes, 16);
  buffer.writeUInt8(PAYLOAD_KINDS.indexOf(kind), 20);
  buffer.writeUInt8(BOUNDARIES.indexOf(boundary), 21);
  buffer.writeUIntLE(keptAt, 24, 6);
  buffer.writeUIntLE(seq, 32, 6);
  buffer.write(boot, 40, 8, 'hex');
  buffer.write(agent, 48, 16, 'hex');
  buffer.write(sha256, 64, 32, 'hex');
  buffer.writeUInt32LE(crc32(buffer.subarray(8)), 4);
  return buffer;
}

/** The head at the start of `buffer`, or `undefined` when there is none that is whole. */
export function decodeHead(buffer: Buffer): RecordHead | undefined {
  if (buffer.length < HEAD_BYTES || !buffer.subarray(0, 4).equals(MAGIC)) return undefined;
  if (buffer.readUInt32LE(4) !== crc32(buffer.subarray(8, HEAD_BYTES))) return undefined;
  const kind = PAYLOAD_KINDS[buffer.readUInt8(20)];
  const boundary = BOUNDARIES[buffer.readUInt8(21)];
  const bytes = buffer.readUInt32LE(12);
  if (kind === undefined || boundary === undefined || bytes > MOST_BODY_BYTES) return undefined;
  return {
    agent: buffer.toString('hex', 48, 64),
    boot: buffer.toString('hex', 40, 48),
    seq: buffer.readUIntLE(32, 6),
    kind,
    keptAt: buffer.readUIntLE(24, 6),
    sha256: buffer.toString('hex', 64, 96),
    boundary,
    bytes,
    rawBytes: buffer.readUInt32LE(16),
    bodyCrc: buffer.readUInt32LE(8),
  };
}

/** Where the next record may begin at or after `from`; -1 when not in this buffer. */
export function findRecord(buffer: Buffer, from: number): number {
  return buffer.indexOf(MAGIC, from);
}

export function isBodyWhole({ bytes, bodyCrc }: Pick<RecordHead, 'bytes' | 'bodyCrc'>, body: Buffer): boolean {
  return body.length === bytes && crc32(body) === bodyCrc;
}
