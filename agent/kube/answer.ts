/** Bodies of the API server's answers: bounded in size and in silence, and the closed words for what an answer or the lack of one means. */
import type { Readable } from 'node:stream';
import { KubeError } from './errors.ts';
import { textAt } from './read.ts';

const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;
const DOCUMENT_IDLE_MS = 30_000;

/** Chunks of a body; a server that sends nothing for `idleMs` while we wait is given up. */
export async function* chunksOf(body: Readable, idleMs: number): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const timer = setTimeout(() => body.destroy(new KubeError('timeout')), idleMs);
    const { done, value } = await chunks.next().finally(() => clearTimeout(timer));
    if (done) return;
    yield value as Buffer;
  }
}

/** A list that expired half-way offers a token to go on with, at the price of a newer snapshot. */
export async function renewedToken(body: Readable): Promise<string> {
  const text = await readText(body, AbortSignal.timeout(10_000));
  try {
    const token = textAt(JSON.parse(text), 'metadata', 'continue');
    if (token !== undefined && token !== '') return token;
  } catch {
    // no token: fall through
  }
  throw new KubeError('failed', 410);
}

/** @throws KubeError the closed word for a status other than 200; its body is not read */
export async function assertOk(status: number, body: Readable): Promise<void> {
  if (status === 200) return;
  body.destroy();
  if (status === 401) throw new KubeError('unauthorized', status);
  if (status === 403) throw new KubeError('forbidden', status);
  if (status === 404 || status === 405) throw new KubeError('not-served', status);
  if (status === 429) throw new KubeError('throttled', status);
  throw new KubeError(status >= 500 ? 'unreachable' : 'failed', status);
}

/** A whole body as text. @throws KubeError `too-large` beyond 8 MiB, `timeout` after 30 s without a byte */
export async function readText(body: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of chunksOf(body, DOCUMENT_IDLE_MS)) {
      length += chunk.length;
      if (length > MAX_DOCUMENT_BYTES) throw new KubeError('too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw toKubeError(error, signal);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The closed word for a transport error. */
export function toKubeError(error: unknown, signal: AbortSignal): KubeError {
  if (error instanceof KubeError) return error;
  if (signal.aborted) return new KubeError('timeout');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') return new KubeError('timeout', undefined, { cause: error });
  return new KubeError('unreachable', undefined, { cause: error });
}
/** Nobody listens, the name does not exist, or the certificate is not trusted: trying again at once changes nothing. */
export function isRefused(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code);
}
