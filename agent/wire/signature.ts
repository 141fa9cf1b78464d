/**
 * Texts with a signature of their own beside them (Ed25519, RFC 8032): manifests of reports and bundles, rule packs. Who has the
 * public key can prove years later that no byte was changed; the bytes that were signed are never written in another way.
 */
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** A key pair; the private half signs. */
export interface Signer {
  readonly privateKey: KeyObject;
  /** Hexadecimal SHA-256 of the public key. */
  readonly keyId: string;
}

/** What stands in a signature file. */
interface Signature {
  readonly algorithm: 'ed25519';
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), hexadecimal. */
  readonly keyId: string;
  /** The same key, base64; says who signed only to those who know the key id. */
  readonly publicKey: string;
  /** Over the bytes of the text, base64. */
  readonly signature: string;
}

/** A signature file of ours has some 300 bytes. */
export const MOST_SIGNATURE_BYTES = 4_096;
const KEY_ID = /^[0-9a-f]{64}$/;
const BASE64 = /^[A-Za-z0-9+/]{1,196}={0,2}$/;

/** SHA-256 of a public key as it stands in a certificate. */
export function keyIdOf(key: KeyObject): string {
  return createHash('sha256').update(publicDer(key)).digest('hex');
}
function publicDer(key: KeyObject): Buffer {
  return (key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' });
}

/** The signature file of a text. */
export function signText(text: string, { privateKey, keyId }: Signer): string {
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64');
  return `${JSON.stringify({ algorithm: 'ed25519', keyId, publicKey: publicDer(privateKey).toString('base64'), signature } satisfies Signature, undefined, 2)}\n`;
}

/** `signature-file`: not one of ours; `key`: another's than the expected one; `signature`: the text is not what was signed. */
export type SignatureFault = 'signature-file' | 'signature' | 'key';

/**
 * Whose signature it is, if it holds.
 * @param expectedKeyId of the signer that one knows; without it the signature only proves that nothing was changed since
 */
export function checkSignature(bytes: Uint8Array, signatureText: string, expectedKeyId?: string): { readonly keyId: string } | { readonly fault: SignatureFault } {
  const found = signatureOf(signatureText);
  if (found === undefined) return { fault: 'signature-file' };
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(found.publicKey, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return { fault: 'signature-file' };
  }
  if (key.asymmetricKeyType !== 'ed25519' || keyIdOf(key) !== found.keyId) return { fault: 'signature-file' };
  if (expectedKeyId !== undefined && found.keyId !== expectedKeyId) return { fault: 'key' };
  if (!verify(null, bytes, key, Buffer.from(found.signature, 'base64'))) return { fault: 'signature' };
  return { keyId: found.keyId };
}

/** Exactly the four members, each in its form. */
function signatureOf(text: string): Signature | undefined {
  if (text.length > MOST_SIGNATURE_BYTES) return undefined;
  try {
    const value = JSON.parse(text) as Partial<Record<keyof Signature, unknown>> | null;
    if (typeof value !== 'object' || value === null || Object.keys(value).length !== 4 || value.algorithm !== 'ed25519') return undefined;
    const { keyId, publicKey, signature } = value;
    if (!isIn(KEY_ID, keyId) || !isIn(BASE64, publicKey) || !isIn(BASE64, signature)) return undefined;
    return { algorithm: 'ed25519', keyId, publicKey, signature };
  } catch {
    return undefined;
  }
}
function isIn(form: RegExp, value: unknown): value is string {
  return typeof value === 'string' && form.test(value);
}
