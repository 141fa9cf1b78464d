/** A pack as a file: a tar of the document and its signature, as bundles are. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { BundleError } from '../bundle/bundle-error.ts';
import { readTar, type TarEntry, writeTar } from '../bundle/tar.ts';
import { checkSignature, MOST_SIGNATURE_BYTES, type Signer, signText } from '../wire/signature.ts';
import { RulePack } from './pack.ts';

export const PACK_DOCUMENT = 'pack.json';
export const PACK_SIGNATURE = 'pack.sig.json';
const MOST_PACK_BYTES = 32 * 1024 * 1024;

export type PackFileFault = 'not-a-pack' | 'signature' | 'key';
export class PackFileError extends Error {
  override readonly name = 'PackFileError';
  readonly fault: PackFileFault;
  /** Where the document is not what a pack is; never its content. */
  readonly detail: string | undefined;
  constructor(fault: PackFileFault, detail?: string) {
    super(detail === undefined ? fault : `${fault}: ${detail}`);
    this.fault = fault;
    this.detail = detail;
  }
}
export interface SignedPack {
  readonly pack: RulePack;
  /** The document's bytes as text, as they were signed. */
  readonly text: string;
  readonly signature: string;
  readonly keyId: string;
  /** Of the document, hexadecimal: what a person approves. */
  readonly sha256: string;
}

export async function packBytes(pack: RulePack, signer: Signer): Promise<Buffer> {
  const text = `${JSON.stringify(pack, undefined, 1)}\n`;
  const pieces: Uint8Array[] = [];
  const files = [
    { name: PACK_DOCUMENT, content: Buffer.from(text) },
    { name: PACK_SIGNATURE, content: Buffer.from(signText(text, signer)) },
  ];
  for await (const piece of writeTar(files, pack.madeAt)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** @throws PackFileError; the system's error when it cannot be read */
export async function readPackFile(path: string): Promise<SignedPack> {
  const entries = readTar(createReadStream(path));
  try {
    const document = await named(entries, PACK_DOCUMENT, MOST_PACK_BYTES);
    const signature = (await named(entries, PACK_SIGNATURE, MOST_SIGNATURE_BYTES)).toString('utf8');
    if (!(await entries.next()).done) throw new PackFileError('not-a-pack');
    return signedPack(document.toString('utf8'), signature);
  } catch (error) {
    if (error instanceof BundleError) throw new PackFileError('not-a-pack');
    throw error;
  } finally {
    await entries.return(undefined);
  }
}

/** @throws PackFileError */
export function signedPack(text: string, signature: string): SignedPack {
  const signed = checkSignature(Buffer.from(text), signature);
  if ('fault' in signed) throw new PackFileError(signed.fault === 'signature' ? 'signature' : 'not-a-pack');
  const parsed = RulePack.safeParse(jsonOf(text));
  if (!parsed.success) throw new PackFileError('not-a-pack', parsed.error.issues[0]?.path.map(String).join('.').slice(0, 120));
  return { pack: parsed.data, text, signature, keyId: signed.keyId, sha256: createHash('sha256').update(text).digest('hex') };
}
async function named(entries: AsyncGenerator<TarEntry>, name: string, most: number): Promise<Buffer> {
  const { value, done } = await entries.next();
  if (done || value.name !== name) throw new PackFileError('not-a-pack');
  return await value.read(most);
}
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
