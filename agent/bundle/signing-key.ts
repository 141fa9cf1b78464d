/** The key that a host signs its bundles with, made at the first export; the vendor is told its id once, by another way. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { createPrivate, readIfThere } from '../site/private-file.ts';
import { keyIdOf, type Signer } from '../wire/signature.ts';

/** PKCS #8 in PEM, mode 0600, below the state directory. @throws the system's error, or OpenSSL's when the file holds something else */
export async function hostSigner(stateDir: string): Promise<Signer> {
  const file = join(stateDir, 'bundle-signing.key');
  await createPrivate(file, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const privateKey = createPrivateKey((await readIfThere(file)) ?? '');
  return { privateKey, keyId: keyIdOf(privateKey) };
}
