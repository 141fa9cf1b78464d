/**
 * Reads one part of a bundle, trusting nothing: first the manifest and its signature, then, in the manifest's order and never under
 * another name, every payload, each held against its size, id and digest. Nothing is written anywhere.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { payloadId, splitEnvelope } from '../wire/envelope.ts';
import { checkSignature, MOST_SIGNATURE_BYTES } from '../wire/signature.ts';
import { BundleError } from './bundle-error.ts';
import { decrypted, isEncrypted } from './encryption.ts';
import { type BundledPayload, type BundleManifest, INDEX_NAME, MANIFEST_NAME, MOST_MANIFEST_BYTES, parseBundleManifest, SIGNATURE_NAME } from './manifest.ts';
import { readTar, type TarEntry } from './tar.ts';
import { payloadFile } from './write-bundle.ts';

/** As long as an envelope may be that a collector takes, and the header in front of it. */
const MOST_LINE_BYTES = 12 * 1024 * 1024 + 1_024;
const MOST_INDEX_BYTES = 4 * 1024 * 1024;

export interface PartOptions {
  /** age secret keys. */
  readonly identities?: readonly string[] | undefined;
  /** Of the signer that one knows. */
  readonly keyId?: string | undefined;
}
export interface PartReader {
  /** Once the signature holds; what it throws ends the reading. */
  readonly onManifest?: ((manifest: BundleManifest, keyId: string) => Promise<void> | void) | undefined;
  /** @param body gzip of the envelope's line, which is what the manifest says */
  readonly onPayload?: ((payload: BundledPayload, body: Buffer) => Promise<void>) | undefined;
}
export interface ReadPart {
  readonly manifest: BundleManifest;
  readonly keyId: string;
}

/** @throws BundleError; the system's error when the file cannot be read */
export async function readPart(path: string, options: PartOptions, reader: PartReader = {}): Promise<ReadPart> {
  const entries = readTar(await plainOf(path, options.identities ?? []));
  try {
    const manifestBytes = await named(entries, MANIFEST_NAME, MOST_MANIFEST_BYTES);
    const signature = await named(entries, SIGNATURE_NAME, MOST_SIGNATURE_BYTES);
    const signed = checkSignature(manifestBytes, signature.toString('utf8'), options.keyId);
    if ('fault' in signed) throw new BundleError(signed.fault === 'key' ? 'key' : 'signature');
    const manifest = parseBundleManifest(manifestBytes);
    if (manifest === undefined) throw new BundleError('not-a-bundle');
    if (digestOf(await named(entries, INDEX_NAME, MOST_INDEX_BYTES)) !== manifest.index) throw new BundleError('changed', INDEX_NAME);
    await reader.onManifest?.(manifest, signed.keyId);
    for (const payload of manifest.payloads) {
      const body = await named(entries, payloadFile(payload.id), payload.bytes);
      check(payload, body);
      await reader.onPayload?.(payload, body);
    }
    if (!(await entries.next()).done) throw new BundleError('foreign-entry');
    return { manifest, keyId: signed.keyId };
  } finally {
    await entries.return(undefined);
  }
}

async function plainOf(path: string, identities: readonly string[]): Promise<AsyncIterable<Uint8Array>> {
  const start = Buffer.alloc(32);
  {
    await using file = await open(path, 'r');
    await file.read(start, 0, start.length, 0);
  }
  const bytes = createReadStream(path);
  return isEncrypted(start) ? await decrypted(bytes, identities) : bytes;
}

/** The next file, if it is the one that has to come now. */
async function named(entries: AsyncGenerator<TarEntry>, name: string, most: number): Promise<Buffer> {
  const { value, done } = await entries.next();
  if (done) throw new BundleError(name === MANIFEST_NAME ? 'not-a-bundle' : 'truncated');
  if (value.name !== name) throw new BundleError(name === MANIFEST_NAME ? 'not-a-bundle' : 'foreign-entry');
  return await value.read(most);
}

/** What a small file could grow into is bounded by what the signed manifest says, and that by what a collector takes. */
function check({ id, kind, keptAt, sha256, bytes, rawBytes }: BundledPayload, body: Buffer): void {
  if (rawBytes > MOST_LINE_BYTES) throw new BundleError('too-large', id);
  let line: string;
  try {
    line = gunzipSync(body, { maxOutputLength: rawBytes }).toString('utf8');
  } catch {
    throw new BundleError('changed', id);
  }
  const envelope = splitEnvelope(line.trimEnd());
  const isSame =
    envelope !== undefined &&
    body.length === bytes &&
    Buffer.byteLength(line) === rawBytes &&
    payloadId(envelope.header) === id &&
    envelope.header.kind === kind &&
    envelope.header.keptAt === keptAt &&
    envelope.header.sha256 === sha256 &&
    digestOf(envelope.body) === sha256;
  if (!isSame) throw new BundleError('changed', id);
}
function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
