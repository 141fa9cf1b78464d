/** Reads the files that a declaration names, when they are needed: a replaced password counts from the next run on. */
import { open } from 'node:fs/promises';
import type { Access, Credentials, TlsFiles } from './declaration.ts';
import { InstanceFailure } from './failure.ts';

const MOST_BYTES = 64 * 1024;

/** Values in memory for one instance and one run; never logged, never kept. */
export interface Secrets {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls?: TlsSecrets | undefined;
}
export interface TlsSecrets {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly serverName?: string | undefined;
}

/** @throws InstanceFailure `credentials-unreadable` */
export async function readSecrets({ credentials, tls }: Access): Promise<Secrets> {
  return { ...(credentials && (await readCredentials(credentials))), ...(tls && { tls: await readTls(tls) }) };
}
async function readCredentials({ username, usernameFile, passwordFile }: Credentials): Promise<Pick<Secrets, 'username' | 'password'>> {
  return {
    username: usernameFile === undefined ? username : firstLine(await readSecret(usernameFile)),
    password: passwordFile === undefined ? undefined : firstLine(await readSecret(passwordFile)),
  };
}
async function readTls({ caFile, certFile, keyFile, serverName }: TlsFiles): Promise<TlsSecrets> {
  const [ca, cert, key] = await Promise.all([caFile, certFile, keyFile].map(async (file) => (file === undefined ? undefined : await readSecret(file))));
  return { ca, cert, key, serverName };
}

async function readSecret(file: string): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    if (!(await handle.stat()).isFile()) throw new InstanceFailure('credentials-unreadable');
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MOST_BYTES + 1), 0, MOST_BYTES + 1, 0);
    if (bytesRead > MOST_BYTES) throw new InstanceFailure('credentials-unreadable');
    return buffer.subarray(0, bytesRead).toString('utf8');
  } catch {
    throw new InstanceFailure('credentials-unreadable');
  }
}
/** Editors and `echo` end a file with a line feed that is no part of the password. */
function firstLine(text: string): string {
  return text.replace(/\r?\n$/, '');
}
