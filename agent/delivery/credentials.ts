/** Token, CA and client certificate as files, read again when they change: they are rotated under a running agent. */
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** Paths; what is left out is not used. */
export interface CredentialFiles {
  readonly tokenFile?: string | undefined;
  /** PEM; instead of the system's authorities. */
  readonly caFile?: string | undefined;
  readonly clientCertFile?: string | undefined;
  readonly clientKeyFile?: string | undefined;
}
export interface Credentials {
  readonly token?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** One of the files cannot be used. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly code = 'CREDENTIALS_UNUSABLE';
  /** @param option the option that names the file */
  constructor(option: string, options?: ErrorOptions) {
    super(`${option} cannot be used`, options);
  }
}

/** Changes whenever one of the files is replaced or written. A missing file has a mark of its own. */
export async function credentialsMark(files: CredentialFiles): Promise<string> {
  const marks = await Promise.all(
    Object.values(files).map(async (path: string | undefined) => {
      if (path === undefined) return '';
      const facts = await stat(path, { bigint: true }).catch(() => undefined);
      return facts ? `${facts.ino}.${facts.size}.${facts.mtimeNs}.${facts.ctimeNs}` : 'none';
    }),
  );
  return marks.join('|');
}

/** @throws CredentialsError */
export async function readCredentials(files: CredentialFiles): Promise<Credentials> {
  const token = (await read('--token-file', files.tokenFile))?.trim();
  // RFC 6750, 2.1: what may stand behind "Bearer".
  if (token !== undefined && !/^[A-Za-z0-9._~+/-]{8,4096}=*$/.test(token)) throw new CredentialsError('--token-file');
  const credentials = {
    token,
    ca: await read('--ca-file', files.caFile),
    cert: await read('--client-cert-file', files.clientCertFile),
    key: await read('--client-key-file', files.clientKeyFile),
  };
  assertUsable('--ca-file', { ca: credentials.ca });
  assertUsable('--client-cert-file, --client-key-file', { cert: credentials.cert, key: credentials.key });
  return credentials;
}

function assertUsable(option: string, { ca, cert, key }: Credentials): void {
  if (ca === undefined && cert === undefined && key === undefined) return;
  try {
    createSecureContext({ ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) });
  } catch (error) {
    throw new CredentialsError(option, { cause: error });
  }
  // OpenSSL takes a text without any certificate for an empty list of authorities.
  if (ca !== undefined && !ca.includes('-----BEGIN ')) throw new CredentialsError(option);
}
async function read(option: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CredentialsError(option, { cause: error });
  }
}
