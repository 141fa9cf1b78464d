/** Parts that only the vendor can read: age (age-encryption.org/v1), to its public key. Loaded where it is asked for. */
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { BundleError } from './bundle-error.ts';

const MAGIC = 'age-encryption.org/v1';
/** A header has some 200 bytes a recipient. */
const MOST_HEADER_BYTES = 256 * 1024;

export function isEncrypted(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

/** @throws Error for what is no recipient, with the library's words */
export async function encrypted(plain: AsyncIterable<Uint8Array>, recipients: readonly string[]): Promise<AsyncIterable<Uint8Array>> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Readable.fromWeb((await encrypter.encrypt(webStream(plain))) as ReadableStream<Uint8Array>);
}

/** Whether an age public key is one. */
export async function isRecipient(text: string): Promise<boolean> {
  const { Encrypter } = await import('age-encryption');
  try {
    new Encrypter().addRecipient(text);
    return text.startsWith('age1');
  } catch {
    return false;
  }
}

/** @throws BundleError `wrong-identity`, `not-a-bundle`; reading on, `truncated` where bytes are missing or were changed */
export async function decrypted(cipher: AsyncIterable<Uint8Array>, identities: readonly string[]): Promise<AsyncIterable<Uint8Array>> {
  if (identities.length === 0) throw new BundleError('encrypted');
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    throw new BundleError('wrong-identity');
  }
  const state = { isOpen: false };
  try {
    const plain = await decrypter.decrypt(webStream(headed(cipher, state)));
    state.isOpen = true;
    return whole(Readable.fromWeb(plain as ReadableStream<Uint8Array>));
  } catch (error) {
    if (error instanceof BundleError) throw error;
    throw new BundleError(error instanceof Error && /no identity matched/i.test(error.message) ? 'wrong-identity' : 'not-a-bundle');
  }
}

function webStream(source: AsyncIterable<Uint8Array>): globalThis.ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(source, { objectMode: false })) as globalThis.ReadableStream<Uint8Array>;
}
async function* headed(cipher: AsyncIterable<Uint8Array>, state: { readonly isOpen: boolean }): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of cipher) {
    bytes += state.isOpen ? 0 : chunk.length;
    if (bytes > MOST_HEADER_BYTES) throw new BundleError('not-a-bundle');
    yield chunk;
  }
}
/** A block that does not open is one that was changed, or the end of a file that was cut. */
async function* whole(plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* plain;
  } catch (error) {
    throw error instanceof BundleError ? error : new BundleError('truncated', undefined, { cause: error });
  }
}
