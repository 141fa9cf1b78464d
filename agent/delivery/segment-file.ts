/** Names, headers and side files of outbox segments: `<lane>-<number>.seg`, `.ack` (what was settled), `.sum` (what a closed one holds). */
import { crc32 } from 'node:zlib';

/** `signals` are given up last; `health` (inspections, heartbeats) first. */
export const LANES = ['signals', 'health'] as const;
export type Lane = (typeof LANES)[number];

/** Version of segment layout. A segment of another version is left alone, counted, and given up when its turn comes. */
export const FORMAT_VERSION = 1;
export const SEGMENT_HEAD_BYTES = 16;
export const ACK_BYTES = 8;
const MAGIC = 'XJOUTBOX';
const NAME = /^(signals|health)-(\d{10})\.seg$/;

export function segmentName(lane: Lane, number: number): string {
  return `${lane}-${String(number).padStart(10, '0')}.seg`;
}
export function parseSegmentName(name: string): { readonly lane: Lane; readonly number: number } | undefined {
  const match = NAME.exec(name);
  return match ? { lane: match[1] as Lane, number: Number(match[2]) } : undefined;
}
/** Number of the segment that a file belongs to, its side files included. */
export function segmentNumberOf(name: string): number | undefined {
  const match = /^(?:signals|health)-(\d{10})\.(?:seg|ack|sum)(?:\..*)?$/.exec(name);
  return match ? Number(match[1]) : undefined;
}

export function segmentHead(lane: Lane): Buffer {
  const head = Buffer.alloc(SEGMENT_HEAD_BYTES);
  head.write(MAGIC, 0, 'latin1');
  head.writeUInt16LE(FORMAT_VERSION, 8);
  head.writeUInt16LE(LANES.indexOf(lane), 10);
  head.writeUInt32LE(crc32(head.subarray(0, 12)), 12);
  return head;
}
/** `damaged`, or the version that wrote the segment. */
export function versionOf(head: Buffer): number | 'damaged' {
  if (head.length < SEGMENT_HEAD_BYTES || head.toString('latin1', 0, 8) !== MAGIC || head.readUInt32LE(12) !== crc32(head.subarray(0, 12))) return 'damaged';
  return head.readUInt16LE(8);
}

/** What a closed segment holds, so that a start does not read it. */
export interface SegmentSummary {
  readonly records: number;
  /** Unix seconds. */
  readonly firstKeptAt: number;
  readonly lastKeptAt: number;
}
export function encodeSummary({ records, firstKeptAt, lastKeptAt }: SegmentSummary, size: number): Buffer {
  const buffer = Buffer.alloc(28);
  buffer.writeUInt32LE(records, 4);
  buffer.writeUIntLE(firstKeptAt, 8, 6);
  buffer.writeUIntLE(lastKeptAt, 14, 6);
  buffer.writeUIntLE(size, 20, 6);
  buffer.writeUInt32LE(crc32(buffer.subarray(4)), 0);
  return buffer;
}
/** @returns `undefined` when the file is damaged or speaks of a segment of another length */
export function decodeSummary(buffer: Buffer | undefined, size: number): SegmentSummary | undefined {
  if (buffer?.length !== 28 || buffer.readUInt32LE(0) !== crc32(buffer.subarray(4)) || buffer.readUIntLE(20, 6) !== size) return undefined;
  return { records: buffer.readUInt32LE(4), firstKeptAt: buffer.readUIntLE(8, 6), lastKeptAt: buffer.readUIntLE(14, 6) };
}

/** One entry a settled record: its offset, and a checksum that also knows the segment. */
export function encodeAcks(segment: number, offsets: readonly number[]): Buffer {
  const buffer = Buffer.alloc(offsets.length * ACK_BYTES);
  for (const [index, offset] of offsets.entries()) {
    buffer.writeUInt32LE(offset, index * ACK_BYTES);
    buffer.writeUInt32LE(ackCheck(segment, offset), index * ACK_BYTES + 4);
  }
  return buffer;
}
/** Offsets in an ack file; torn or damaged entries are left out, which costs a duplicate at most. */
export function decodeAcks(segment: number, buffer: Buffer): Set<number> {
  const offsets = new Set<number>();
  for (let at = 0; at + ACK_BYTES <= buffer.length; at += ACK_BYTES) {
    const offset = buffer.readUInt32LE(at);
    if (buffer.readUInt32LE(at + 4) === ackCheck(segment, offset)) offsets.add(offset);
  }
  return offsets;
}
function ackCheck(segment: number, offset: number): number {
  const text = Buffer.alloc(12);
  text.writeUInt32LE(offset, 0);
  text.writeUIntLE(segment, 4, 6);
  return crc32(text);
}
