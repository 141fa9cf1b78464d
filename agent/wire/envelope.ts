/**
 * What stands around a payload on its way to a collector. One line of NDJSON an envelope; the payload's own bytes are the
 * last member, so that its digest can be checked without writing the JSON anew. Nothing of the site stands in the header.
 */
import type { SealedPayload } from './encode-values.ts';
import type { AgentRequest } from './request.ts';

export const PAYLOAD_KINDS = ['inspection', 'signals', 'heartbeat'] as const;
export type PayloadKind = (typeof PAYLOAD_KINDS)[number];

/** Idempotency id: the same id is the same payload, however often it arrives. */
export interface PayloadId {
  /** 32 hexadecimal digits, made at random when the agent's state directory was. */
  readonly agent: string;
  /** 16 hexadecimal digits, made at random by each process. */
  readonly boot: string;
  /** Counts from 1 in each process. */
  readonly seq: number;
}
export interface EnvelopeHeader extends PayloadId {
  readonly kind: PayloadKind;
  /** Unix seconds when the payload was kept on the agent's disk. */
  readonly keptAt: number;
  /** Hexadecimal SHA-256 of the payload's bytes. */
  readonly sha256: string;
}

/** How the collector took one payload. `quarantined`: kept, but of a version it does not read yet. */
export const RECEIPT_STATES = ['accepted', 'duplicate', 'quarantined', 'refused'] as const;
export interface Receipt {
  /** `agent.boot.seq` */
  readonly id: string;
  readonly sha256: string;
  readonly status: (typeof RECEIPT_STATES)[number];
  /** Why it was refused: sending it again is of no use. */
  readonly reason?: 'malformed' | 'digest' | 'contract' | 'too-large' | undefined;
}
/** Answer of `POST /api/v1/ingest`, one receipt a line, in order; only after they are durable. */
export interface IngestAnswer {
  readonly receipts: readonly Receipt[];
  /** What is asked of the agent; an older collector leaves it out. */
  readonly requests?: readonly AgentRequest[] | undefined;
}

/** Media type of the request: one envelope a line. */
export const ENVELOPE_TYPE = 'application/x-ndjson';
/** Envelopes in one request. */
export const MOST_ENVELOPES = 100;

export function payloadId({ agent, boot, seq }: PayloadId): string {
  return `${agent}.${boot}.${seq}`;
}

/** One line, without the newline. */
export function envelopeLine({ agent, boot, seq, kind, keptAt, sha256 }: EnvelopeHeader, payload: Pick<SealedPayload, 'json'>): string {
  return `{"agent":"${agent}","boot":"${boot}","seq":${seq},"kind":"${kind}","keptAt":${Math.floor(keptAt)},"sha256":"${sha256}","body":${payload.json}}`;
}

/** Exactly what {@link envelopeLine} writes. */
const LINE = /^\{"agent":"([0-9a-f]{32})","boot":"([0-9a-f]{16})","seq":(\d{1,15}),"kind":"(inspection|signals|heartbeat)","keptAt":(\d{1,12}),"sha256":"([0-9a-f]{64})","body":/;

/** The header and the payload's JSON text of one line, or `undefined` when it is not an envelope. */
export function splitEnvelope(line: string): { readonly header: EnvelopeHeader; readonly body: string } | undefined {
  const match = LINE.exec(line);
  if (!match || !line.endsWith('}')) return undefined;
  const [head, agent = '', boot = '', seq, kind, keptAt, sha256 = ''] = match;
  return {
    header: { agent, boot, seq: Number(seq), kind: kind as PayloadKind, keptAt: Number(keptAt), sha256 },
    body: line.slice(head.length, -1),
  };
}
