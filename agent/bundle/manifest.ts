/** What a part of a bundle says of itself: where it comes from, which period it is of, and the digest of every payload in it. */
import { z } from 'zod';
import { PAYLOAD_KINDS } from '../wire/envelope.ts';

export const MANIFEST_NAME = 'manifest.json';
export const SIGNATURE_NAME = 'manifest.sig.json';
export const INDEX_NAME = 'index.html';
/** Payloads in one part; more begin another. */
export const MOST_PAYLOADS = 10_000;
/** Parts of one bundle. */
export const MOST_PARTS = 1_000;
/** A full part's manifest has some 2.5 MB. */
export const MOST_MANIFEST_BYTES = 8 * 1024 * 1024;

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const BundledPayload = z.strictObject({
  /** `agent.boot.seq`, the idempotency id. */
  id: z.string().regex(/^[0-9a-f]{32}\.[0-9a-f]{16}\.\d{1,15}$/),
  kind: z.enum(PAYLOAD_KINDS),
  /** Unix seconds. */
  keptAt: Count,
  /** Of the payload's JSON, as previewed, in the ledger and in the collector's receipt. */
  sha256: Digest,
  /** Of the envelope's line. */
  rawBytes: Count,
  /** Of the file in the part. */
  bytes: Count,
});
export type BundledPayload = z.infer<typeof BundledPayload>;

const BundleManifest = z.strictObject({
  format: z.literal('xunjian-bundle'),
  version: z.literal(1),
  bundle: z.strictObject({
    /** 32 hexadecimal digits, the same in all its parts. */
    id: z.string().regex(/^[0-9a-f]{32}$/),
    /** Unix seconds: what holds at the site holds until then. */
    createdAt: Count,
    /** Unix seconds; `from` is left out where everything that is kept was asked for. */
    period: z.strictObject({ from: Count.optional(), to: Count }),
    /** What it was made from, without names: a cluster's id in the site's collector, or an agent's. */
    origin: z.strictObject({ kind: z.enum(['collector', 'host']), id: z.string().regex(/^[0-9a-f-]{32,36}$/) }),
    /** Of the contract that the payloads were built by. */
    registry: z.strictObject({ schema: Count, digest: z.string().regex(/^[0-9a-f]{16}$/) }),
    /** Version of the program. */
    program: z.string().max(64),
    /** Of all parts together. */
    counts: z.strictObject({ payloads: Count, bytes: Count, agents: Count, kinds: z.partialRecord(z.enum(PAYLOAD_KINDS), Count) }),
    parts: z.number().int().min(1).max(MOST_PARTS),
  }),
  part: z.number().int().min(1).max(MOST_PARTS),
  /** SHA-256 of the page for people that lies beside it. */
  index: Digest,
  payloads: z.array(BundledPayload).max(MOST_PAYLOADS),
});
export type BundleManifest = z.infer<typeof BundleManifest>;

/** `undefined` when it is not one of ours. */
export function parseBundleManifest(bytes: Uint8Array): BundleManifest | undefined {
  try {
    const read = BundleManifest.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (!read.success || read.data.part > read.data.bundle.parts) return undefined;
    return new Set(read.data.payloads.map(({ id }) => id)).size === read.data.payloads.length ? read.data : undefined;
  } catch {
    return undefined;
  }
}
