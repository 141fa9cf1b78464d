/** Short questions to sockets of the node itself: loopback HTTP and unix sockets, with a deadline and a cap on bytes. */
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { UnreadableError } from '../gatherers/gatherer.ts';
import { type Host, isMissing } from './host.ts';

// Required: an import of node:http loads fetch with it, into every look; see runtime/node-http.ts.
const http = createRequire(import.meta.url)('node:http') as typeof import('node:http');

/** Health endpoints answer in a few bytes. */
const MAX_BODY_BYTES = 16 * 1024;
const DEFAULT_TIMEOUT_MS = 3_000;

export interface ProbeOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}
/** What a health endpoint said: 2xx, any other answer or none in time, or nobody listening. */
export type Health = 'ok' | 'failed' | 'unreachable';

/**
 * Whether 127.0.0.1 of this process is that of the host: the machine itself, or a container in the host's network namespace.
 * That is told by the namespace's link, or, where it may not be read, by equal local addresses: a pod has one of its own.
 * When neither can be seen, it is not.
 */
export async function seesHostLoopback(host: Host): Promise<boolean> {
  if (host.live) return true;
  if (!host.running) return false;
  const [own, hosts] = await Promise.all([host.linkTarget('/proc/self/ns/net'), host.linkTarget('/proc/1/ns/net')]);
  if (own !== undefined && hosts !== undefined) return own === hosts;
  const addresses = (of: string): Promise<string> => host.read(`/proc/${of}/net/fib_trie`, { cut: true }).catch(() => '');
  const [ownAddresses, hostsAddresses] = await Promise.all([addresses('self'), addresses('1')]);
  return ownAddresses !== '' && ownAddresses === hostsAddresses;
}

/**
 * `GET http://127.0.0.1:<port><path>`.
 * @throws UnreadableError `not-visible` when the loopback is not the host's, `timeout`, `too-large`, or `unreachable` when nobody listens
 */
export async function askLoopback(host: Host, port: number, path: string, options: ProbeOptions): Promise<{ status: number; body: string }> {
  if (!(await seesHostLoopback(host))) throw new UnreadableError('not-visible');
  return await ask({ host: '127.0.0.1', port, path }, options);
}

/** The health of a loopback endpoint; `undefined` when it cannot be asked from here. */
export async function healthOf(host: Host, port: number, options: ProbeOptions): Promise<Health | undefined> {
  try {
    const { status } = await askLoopback(host, port, '/healthz', options);
    return status >= 200 && status < 300 ? 'ok' : 'failed';
  } catch (error) {
    if (options.signal.aborted || !(error instanceof UnreadableError)) throw error;
    if (error.reason === 'not-visible') return undefined;
    return error.reason === 'unreachable' ? 'unreachable' : 'failed';
  }
}

/**
 * Whether somebody accepts connections at a unix socket of the host, which works through a mounted root as well.
 * @returns `undefined` when the host is a capture, or this process may not connect
 */
export async function acceptsConnections(host: Host, path: string, { signal, timeoutMs = DEFAULT_TIMEOUT_MS }: ProbeOptions): Promise<boolean | undefined> {
  if (!host.running) return undefined;
  const file = await host.resolve(path);
  return await new Promise((resolve, reject) => {
    const socket = connect({ path: file });
    const end = (value: boolean | undefined): void => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(value);
    };
    const stop = (): void => {
      socket.destroy();
      reject(new UnreadableError('timeout'));
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    socket.setTimeout(timeoutMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', (error) => end('code' in error && (error.code === 'EACCES' || error.code === 'EPERM') ? undefined : false));
  });
}

/**
 * HTTP `GET` over a unix socket of the host; `server` is the `Server` header.
 * @throws UnreadableError `not-visible` for a capture or a missing socket, `forbidden`, `timeout`, `too-large`, `unreachable`
 */
export async function askSocket(host: Host, socketPath: string, path: string, options: ProbeOptions): Promise<{ status: number; body: string; server?: string | undefined }> {
  if (!host.running) throw new UnreadableError('not-visible');
  return await ask({ socketPath: await host.resolve(socketPath), path }, options);
}

async function ask(
  to: { host: string; port: number; path: string } | { socketPath: string; path: string },
  { signal, timeoutMs = DEFAULT_TIMEOUT_MS }: ProbeOptions,
): Promise<{ status: number; body: string; server?: string | undefined }> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  return await new Promise((resolve, reject) => {
    const request = http.get({ ...to, agent: false, signal: deadline, headers: { connection: 'close', host: 'localhost' } }, (answer) => {
      const { server } = answer.headers;
      readBody(answer).then(
        (body) => resolve({ status: answer.statusCode ?? 0, body, server: typeof server === 'string' ? server : undefined }),
        (error: unknown) => reject(closedWord(error, deadline)),
      );
    });
    request.once('error', (error) => reject(closedWord(error, deadline)));
  });
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer) {
    if (!(chunk instanceof Buffer)) continue;
    length += chunk.length;
    if (length > MAX_BODY_BYTES) {
      answer.destroy();
      throw new UnreadableError('too-large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Messages of network errors hold addresses and what was read: only a word goes on. */
function closedWord(error: unknown, deadline: AbortSignal): UnreadableError {
  if (error instanceof UnreadableError) return error;
  if (deadline.aborted) return new UnreadableError('timeout');
  if (isMissing(error)) return new UnreadableError('not-visible');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return new UnreadableError('forbidden');
  return new UnreadableError(code === 'ECONNREFUSED' ? 'unreachable' : 'failed');
}
