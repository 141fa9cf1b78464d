/** One envelope's bytes to what the store takes: digest, version and contract checked, facts drawn, body compressed. Pure but for zlib. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Sender } from '../../agent/wire/encode-values.ts';
import { type EnvelopeHeader, type Receipt, splitEnvelope } from '../../agent/wire/envelope.ts';
import { SCHEMA_VERSION } from '../../agent/wire/inspection.ts';
import type { WireHeartbeat, WireSignals } from '../../agent/wire/schema.ts';
import { conforming } from './contract.ts';
import { factsOf, type InspectionFacts } from './inspection-facts.ts';
import { isReadable, LIFTS, type Lift, lift } from './lift.ts';
import { shapeOf } from './shape.ts';

/** What is kept of a payload that was not taken as it is. */
export type QuarantineReason = 'version' | 'contract' | 'failed';

/** Plain data: it travels between threads. `bytes` is the length of the payload's JSON, bodies are gzip. */
export type Decoded =
  | { readonly kind: 'refused'; readonly id: string; readonly sha256: string; readonly reason: NonNullable<Receipt['reason']> }
  | { readonly kind: 'quarantined'; readonly header: EnvelopeHeader; readonly reason: QuarantineReason; readonly body: Uint8Array }
  | { readonly kind: 'inspection'; readonly header: EnvelopeHeader; readonly sender: Sender; readonly facts: InspectionFacts; readonly bytes: number; readonly body: Uint8Array }
  | { readonly kind: 'signals'; readonly header: EnvelopeHeader; readonly sender: Sender; readonly payload: WireSignals }
  | { readonly kind: 'heartbeat'; readonly header: EnvelopeHeader; readonly sender: Sender; readonly payload: WireHeartbeat };

/** A header is at most this long. */
export const HEADER_BYTES = 256;
/** Level 1 costs a third of the default's time for 12 % more bytes (measured on node inspections). */
const PACKING = { level: 1 } as const;
/** Stands for the id of something that has none. */
const NO_ID = '-';

/** @param line one line without its newline */
export function decodeLine(line: Uint8Array, lifts: Readonly<Record<number, Lift>> = LIFTS): Decoded {
  const head = headerOf(line);
  if (head === undefined) return { kind: 'refused', id: NO_ID, sha256: digestOf(line), reason: 'malformed' };
  const { header, bodyAt } = head;
  const id = `${header.agent}.${header.boot}.${header.seq}`;
  const body = line.subarray(bodyAt, line.length - 1);
  if (line.at(-1) !== 125 || !isUtf8(body)) return { kind: 'refused', id, sha256: header.sha256, reason: 'malformed' };
  if (digestOf(body) !== header.sha256) return { kind: 'refused', id, sha256: header.sha256, reason: 'digest' };
  return decodeBody(header, body, lifts);
}

/** An envelope that is too long to be read, by its first bytes. */
export function refuseLong(start: Uint8Array): Decoded {
  const head = headerOf(start);
  if (head === undefined) return { kind: 'refused', id: NO_ID, sha256: digestOf(start), reason: 'malformed' };
  const { agent, boot, seq, sha256 } = head.header;
  return { kind: 'refused', id: `${agent}.${boot}.${seq}`, sha256, reason: 'too-large' };
}

/** @param body the payload's JSON, its digest verified; also what the quarantine kept */
export function decodeBody(header: EnvelopeHeader, body: Uint8Array, lifts: Readonly<Record<number, Lift>> = LIFTS): Decoded {
  const { version, fault, hasStrangeKeys } = shapeOf(body);
  const quarantined = (reason: QuarantineReason): Decoded => ({ kind: 'quarantined', header, reason, body: gzipSync(body, PACKING) });
  if (fault === 'malformed') return { kind: 'refused', id: `${header.agent}.${header.boot}.${header.seq}`, sha256: header.sha256, reason: 'malformed' };
  if (version !== undefined && !isReadable(version, lifts)) return quarantined('version');
  if (fault !== undefined || version === undefined || (version === SCHEMA_VERSION && hasStrangeKeys)) return quarantined('contract');
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
  } catch {
    return { kind: 'refused', id: `${header.agent}.${header.boot}.${header.seq}`, sha256: header.sha256, reason: 'malformed' };
  }
  const accepted = conforming(header.kind, lift(header.kind, version, parsed, lifts));
  if (accepted === undefined) return quarantined('contract');
  switch (accepted.kind) {
    case 'inspection':
      return { kind: 'inspection', header, sender: accepted.payload.agent, facts: factsOf(accepted.payload), bytes: body.length, body: gzipSync(body, PACKING) };
    case 'signals':
      return { kind: 'signals', header, sender: accepted.payload.agent, payload: accepted.payload };
    case 'heartbeat':
      return { kind: 'heartbeat', header, sender: accepted.payload.agent, payload: accepted.payload };
    default:
      return accepted satisfies never;
  }
}

function headerOf(line: Uint8Array): { readonly header: EnvelopeHeader; readonly bodyAt: number } | undefined {
  const start = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, HEADER_BYTES + 64)).toString('latin1');
  const colon = start.indexOf(',"body":');
  if (colon < 0 || colon > HEADER_BYTES) return undefined;
  const bodyAt = colon + ',"body":'.length;
  // The header alone is an envelope with the smallest body.
  const split = splitEnvelope(`${start.slice(0, bodyAt)}0}`);
  if (split === undefined || !Number.isSafeInteger(split.header.seq)) return undefined;
  return { header: split.header, bodyAt };
}
function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
