/** One envelope's bytes to what the store takes: digest, version and contract checked, facts drawn, body compressed. Pure but for zlib. */
import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Sender } from '../../agent/wire/encode-values.ts';
import { type EnvelopeHeader, type Receipt, splitEnvelope } from '../../agent/wire/envelope.ts';
import { SCHEMA_VERSION } from '../../agent/wire/inspection.ts';
import type { WireHeartbeat, WireSignals } from '../../agent/wire/schema.ts';
import { type Conforming, conforming, readConforming } from './contract.ts';
import { factsOf, type InspectionFacts } from './inspection-facts.ts';
import { isReadable, LIFTS, type Lift, lift } from './lift.ts';
import { shapeOf } from './shape.ts';
import type { FactSource } from './wire-inspection.ts';

/** What is kept of a payload that was not taken as it is. */
export type QuarantineReason = 'version' | 'contract' | 'failed';

/** Plain data: it travels between threads. `bytes` is the length of the payload's JSON, bodies are gzip of that JSON or of the envelope around it. */
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
/** Parsing so much costs some megabytes whatever it holds. */
const SMALL_BYTES = 256 * 1_024;
/** JSON of the contract shrinks five times and more: what arrives packed worse than this is packed again. */
const LEAST_PACKED = 3;
/** Stands for the id of something that has none. */
const NO_ID = '-';

/**
 * @param line one line without its newline
 * @param packed the line's own gzip, when it arrived as one: it is kept as it is
 */
export function decodeLine(line: Uint8Array, packed?: Uint8Array): Decoded {
  const head = headerOf(line);
  if (head === undefined) return { kind: 'refused', id: NO_ID, sha256: digestOf(line), reason: 'malformed' };
  const { header, bodyAt } = head;
  const id = `${header.agent}.${header.boot}.${header.seq}`;
  const body = line.subarray(bodyAt, line.length - 1);
  if (line.at(-1) !== 125 || !isUtf8(body)) return { kind: 'refused', id, sha256: header.sha256, reason: 'malformed' };
  if (digestOf(body) !== header.sha256) return { kind: 'refused', id, sha256: header.sha256, reason: 'digest' };
  return decodeBody(header, body, LIFTS, packed);
}

/** An envelope that is too long to be read, by its first bytes. */
export function refuseLong(start: Uint8Array): Decoded {
  const head = headerOf(start);
  if (head === undefined) return { kind: 'refused', id: NO_ID, sha256: digestOf(start), reason: 'malformed' };
  const { agent, boot, seq, sha256 } = head.header;
  return { kind: 'refused', id: `${agent}.${boot}.${seq}`, sha256, reason: 'too-large' };
}

/**
 * @param body the payload's JSON, its digest verified; also what the quarantine kept
 * @param packed gzip that holds it already
 */
export function decodeBody(header: EnvelopeHeader, body: Uint8Array, lifts: Readonly<Record<number, Lift>> = LIFTS, packed?: Uint8Array): Decoded {
  const kept = (): Uint8Array => (packed !== undefined && packed.length * LEAST_PACKED <= body.length ? packed : gzipSync(body, PACKING));
  const read = header.kind === 'inspection' ? readConforming(body) : undefined;
  if (read !== undefined) return inspected(header, read, body.length, kept);
  const accepted = body.length <= SMALL_BYTES ? currentOf(header.kind, body) : undefined;
  if (accepted !== undefined) return taken(header, accepted, body.length, kept);
  const { version, fault, hasStrangeKeys } = shapeOf(body);
  const quarantined = (reason: QuarantineReason): Decoded => ({ kind: 'quarantined', header, reason, body: kept() });
  if (fault === 'malformed') return malformed(header);
  if (version !== undefined && !isReadable(version, lifts)) return quarantined('version');
  if (fault !== undefined || version === undefined || (version === SCHEMA_VERSION && hasStrangeKeys)) return quarantined('contract');
  let parsed: unknown;
  try {
    parsed = version === SCHEMA_VERSION ? exactly(textOf(body)) : JSON.parse(textOf(body));
  } catch {
    return malformed(header);
  }
  const lifted = conforming(header.kind, lift(header.kind, version, parsed, lifts));
  return lifted === undefined ? quarantined('contract') : taken(header, lifted, body.length, kept);
}

/** What is small and conforms needs no look at its shape before it is parsed; everything else gets one, and its reason from there. */
function currentOf(kind: EnvelopeHeader['kind'], body: Uint8Array): Conforming | undefined {
  try {
    const parsed = exactly(textOf(body));
    const isCurrent = typeof parsed === 'object' && parsed !== null && 'schema' in parsed && parsed.schema === SCHEMA_VERSION;
    return isCurrent ? conforming(kind, parsed) : undefined;
  } catch {
    return undefined; // no JSON
  }
}

function taken(header: EnvelopeHeader, accepted: Conforming, bytes: number, kept: () => Uint8Array): Decoded {
  switch (accepted.kind) {
    case 'inspection':
      return inspected(header, accepted.payload, bytes, kept);
    case 'signals':
      return { kind: 'signals', header, sender: accepted.payload.agent, payload: accepted.payload };
    case 'heartbeat':
      return { kind: 'heartbeat', header, sender: accepted.payload.agent, payload: accepted.payload };
    default:
      return accepted satisfies never;
  }
}

function inspected(header: EnvelopeHeader, source: FactSource, bytes: number, kept: () => Uint8Array): Decoded {
  return { kind: 'inspection', header, sender: source.agent, facts: factsOf(source), bytes, body: kept() };
}
function malformed({ agent, boot, seq, sha256 }: EnvelopeHeader): Decoded {
  return { kind: 'refused', id: `${agent}.${boot}.${seq}`, sha256, reason: 'malformed' };
}
/**
 * Bytes that conform are kept as they came, so they must be exactly what was parsed: a repeated key would hide its first value
 * from the contract. What every agent sends is the text that JSON.stringify writes.
 * @returns undefined when the text holds anything else
 * @throws {SyntaxError}
 */
function exactly(json: string): unknown {
  const parsed: unknown = JSON.parse(json);
  return JSON.stringify(parsed) === json ? parsed : undefined;
}
function textOf(json: Uint8Array): string {
  return Buffer.from(json.buffer, json.byteOffset, json.length).toString('utf8');
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
  return hash('sha256', bytes, 'hex');
}
