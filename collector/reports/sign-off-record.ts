/** What both sides said about a report, for programs: signed like a manifest, and names the document that the manifest names. */
import { z } from 'zod';
import { checkSignature, type SignatureFault } from '../../agent/wire/signature.ts';

export const SIGN_OFF_RECORD = 'sign-off.json';
export const SIGN_OFF_SIGNATURE = 'sign-off.sig.json';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Plain names only: nothing that leads out of the folder. */
const Named = z.readonly(z.strictObject({ name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/), bytes: z.number().int().min(0), sha256: Digest }));
const Party = z.strictObject({
  name: z.string().max(500),
  position: z.string().max(500).optional(),
  paperDay: z.string().max(20).optional(),
  at: z.number(),
  recordedBy: z.string().max(500).optional(),
  documentSha256: Digest,
});
const Record = z.strictObject({
  schema: z.literal(1),
  reportId: z.string().max(64),
  title: z.strictObject({ zh: z.string().max(200), en: z.string().max(200) }),
  documentSha256: Digest,
  /** Unix seconds. */
  madeAt: z.number(),
  statedAt: z.number(),
  organisations: z.strictObject({ customer: z.string().max(500).optional(), provider: z.string().max(500).optional() }),
  signatures: z.strictObject({ customer: Party.optional(), provider: Party.optional() }),
  word: z
    .strictObject({
      state: z.enum(['confirmed', 'objected', 'awaited', 'lapsed']),
      until: z.number(),
      at: z.number().optional(),
      by: z.string().max(500).optional(),
      note: z.string().max(10_000).optional(),
    })
    .optional(),
  files: z.array(Named).max(200).readonly(),
  /** The page itself, in its formats. */
  pages: z.array(Named).max(20).readonly(),
});
export type SignOffRecord = z.infer<typeof Record>;

/** The bytes that are signed. */
export function writeSignOffRecord(record: SignOffRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

export type SignOffFault = SignatureFault | 'record';
/** The record if its signature holds. @param expectedKeyId of the collector that one knows */
export function readSignOffRecord(
  record: Uint8Array,
  signature: string,
  expectedKeyId?: string,
): { readonly record: SignOffRecord; readonly keyId: string } | { readonly fault: SignOffFault } {
  const signed = checkSignature(record, signature, expectedKeyId);
  if ('fault' in signed) return signed;
  try {
    const read = Record.safeParse(JSON.parse(Buffer.from(record).toString('utf8')));
    return read.success ? { record: read.data, keyId: signed.keyId } : { fault: 'record' };
  } catch {
    return { fault: 'record' };
  }
}
