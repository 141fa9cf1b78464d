/** Certificate, key and clients' authorities as files that are replaced under a running collector (cert-manager, a mounted Secret). */
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls';
import type { Logger } from 'pino';
import { errorFields } from '../log.ts';

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  readonly clientCaFile?: string | undefined;
}
export interface TlsTexts {
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string | undefined;
}
/** A mounted Secret changes within about a minute: looking more often would find nothing sooner. */
const LOOK_MS = 30_000;

/** @throws the system's error, or OpenSSL's when certificate and key do not belong together */
export async function readTls({ certFile, keyFile, clientCaFile }: TlsFiles): Promise<TlsTexts> {
  const read = async (file: string): Promise<string> => await readFile(file, 'utf8');
  const texts = { cert: await read(certFile), key: await read(keyFile), clientCa: clientCaFile === undefined ? undefined : await read(clientCaFile) };
  createSecureContext(contextOf(texts));
  return texts;
}

/** Looks at the files from time to time; new connections get what they hold. Files that do not fit together (yet) change nothing. */
export function followTls(files: TlsFiles, began: TlsTexts, server: Server, logger: Logger, everyMs: number = LOOK_MS): Disposable {
  let current = began;
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      const found = await readTls(files);
      if (found.cert === current.cert && found.key === current.key && found.clientCa === current.clientCa) return;
      server.setSecureContext(contextOf(found));
      current = found;
      logger.info('the certificate was replaced');
    } catch (error) {
      logger.warn(errorFields(error), 'the new certificate cannot be used: the old one stays');
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function contextOf({ cert, key, clientCa }: TlsTexts): SecureContextOptions {
  return { cert, key, ...(clientCa !== undefined && { ca: clientCa }) };
}
