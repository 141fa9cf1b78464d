/**
 * The list of a report's files with their digests, signed (Ed25519, RFC 8032): who has the public key can prove years later that
 * no byte was changed since the collector wrote them.
 */
import { z } from 'zod';
import { checkSignature, type SignatureFault, type Signer, signText } from '../../agent/wire/signature.ts';
import type { ReportFile } from './report.ts';

export const MANIFEST_NAME = 'manifest.json';
export const SIGNATURE_NAME = 'manifest.sig.json';
/** More than any manifest of ours. */
export const MOST_MANIFEST_BYTES = 256 * 1024;

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Plain names only: nothing that leads out of the folder. */
const Name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/);
const Manifest = z.strictObject({
  schema: z.literal(1),
  report: z.strictObject({ id: z.string().max(64), kind: z.string().max(64), from: z.number().optional(), to: z.number(), asOf: z.number() }),
  /** Of the document that the files were made from. */
  documentSha256: Digest,
  /** Version of the program. */
  version: z.string().max(64),
  /** Milliseconds. */
  madeAt: z.number(),
  files: z.array(z.strictObject({ name: Name, mediaType: z.string().max(200), bytes: z.number().int().min(0), sha256: Digest })).max(200),
});
export type Manifest = z.infer<typeof Manifest>;

/** Both files as they are kept: bytes that were signed must never be written in another way. */
export function writeManifest(manifest: Manifest, signer: Signer): { readonly manifest: string; readonly signature: string } {
  const text = `${JSON.stringify({ ...manifest, files: manifest.files.toSorted((one, other) => (one.name < other.name ? -1 : 1)) }, undefined, 2)}\n`;
  return { manifest: text, signature: signText(text, signer) };
}

export type ManifestFault = 'manifest' | SignatureFault;
export type ReadManifest = { readonly manifest: Manifest; readonly keyId: string } | { readonly fault: ManifestFault };

/**
 * The manifest if its signature holds.
 * @param expectedKeyId of the collector that one knows; without it the signature only proves that nothing was changed since
 */
export function readManifest(manifest: Uint8Array, signature: string, expectedKeyId?: string): ReadManifest {
  const signed = checkSignature(manifest, signature, expectedKeyId);
  if ('fault' in signed) return signed;
  const read = Manifest.safeParse(parse(Buffer.from(manifest).toString('utf8')));
  return read.success ? { manifest: read.data, keyId: signed.keyId } : { fault: 'manifest' };
}
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type FileVerdict = 'ok' | 'changed' | 'missing';
/** @param file what is there now; `undefined` when it is not */
export function compareFile({ bytes, sha256 }: Pick<ReportFile, 'bytes' | 'sha256'>, file: { readonly bytes: number; readonly sha256: string } | undefined): FileVerdict {
  if (file === undefined) return 'missing';
  return file.bytes === bytes && file.sha256 === sha256 ? 'ok' : 'changed';
}
