/** The key that manifests are signed with: a file of its owner's, made when there is none. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { keyIdOf, type Signer } from '../../agent/wire/signature.ts';
import { AppError } from '../errors.ts';
import { isPrivate } from '../folder.ts';

export interface SigningKey extends Signer {
  /** PEM, for those who verify. */
  readonly publicKey: string;
}

/** PKCS #8 in PEM, mode 0600. Collectors on one database share the file. @throws AppError when others may read it, or it is no Ed25519 key */
export async function signingKeyOf(path: string): Promise<SigningKey> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await file.sync();
    await chmod(path, 0o600); // whatever the umask was
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (!isPrivate(await stat(path)))
    throw new AppError('invalid', `${path} may be read by others: chmod 600 it; if they are not trusted, replace it and tell those who verify reports`);
  return signingKey(await readFile(path, 'utf8'), path);
}

/** @throws AppError when the text is no Ed25519 key */
export function signingKey(pem: string, path: string): SigningKey {
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType === 'ed25519')
      return { privateKey, keyId: keyIdOf(privateKey), publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString() };
  } catch {
    // said below; the cause would tell of the key
  }
  throw new AppError('invalid', `${path} has to hold an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519)`);
}
