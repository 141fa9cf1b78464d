/**
 * The one way to a middleware server: a socket that stands within its deadline, speaks TLS as declared, takes no more bytes
 * than allowed, and ends with the run. Drivers get this socket; they open none of their own.
 */
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect as connectTls } from 'node:tls';
import type { Address, Limits } from './declaration.ts';
import { InstanceFailure, reachOf } from './failure.ts';
import type { TlsSecrets } from './secrets.ts';

export interface LineOptions {
  readonly tls?: TlsSecrets | undefined;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Address of this machine to speak from; left out: the kernel's choice. */
  readonly from?: string | undefined;
}
/** A socket, and why it was ended by us, when it was. */
export interface Line {
  readonly socket: Socket;
  /** Set when a cap or deadline of ours cut the line: says more than the driver's error. */
  readonly failure: () => InstanceFailure | undefined;
}

/** @throws InstanceFailure */
export async function openLine(address: Address, options: LineOptions): Promise<Line> {
  const { limits, signal, tls, from } = options;
  if (signal.aborted) throw new InstanceFailure('timeout');
  const socket = tls ? connectTls({ ...address, ...tlsOptions(address, tls) }) : connect({ ...address, ...(from !== undefined && { localAddress: from }) });
  const state: { failure?: InstanceFailure } = {};
  const cut = (failure: InstanceFailure): void => {
    state.failure ??= failure;
    socket.destroy(failure);
  };
  bound(socket, limits.answerBytes, tls === undefined, cut);
  const stop = (): void => cut(new InstanceFailure('timeout'));
  signal.addEventListener('abort', stop, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', stop));
  socket.on('error', () => undefined); // told by whoever waits; without a listener it would end the process
  let isConnected = false;
  socket.once('connect', () => {
    isConnected = true;
  });
  // Who takes the connection but does not answer a TLS greeting waits for a line of another protocol.
  const timer = setTimeout(() => cut(new InstanceFailure(tls && isConnected ? 'tls-mismatch' : 'timeout')), limits.connectMs);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(tls ? 'secureConnect' : 'connect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new InstanceFailure(tls ? 'tls-mismatch' : 'refused')));
    });
  } catch (error) {
    socket.destroy();
    throw state.failure ?? new InstanceFailure(tls && reachOf(error) === 'protocol' ? 'tls-mismatch' : reachOf(error));
  } finally {
    clearTimeout(timer);
  }
  socket.setNoDelay(true);
  return { socket, failure: () => state.failure };
}

/** Whether TLS is spoken at an address where a plain line was not understood; trusts nobody, says nothing. */
export async function speaksTls(address: Address, { limits, signal }: Pick<LineOptions, 'limits' | 'signal'>): Promise<boolean> {
  const socket = connectTls({ ...address, rejectUnauthorized: false, timeout: limits.connectMs });
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('secureConnect', () => resolve(true));
      for (const event of ['error', 'timeout', 'close']) socket.once(event, () => resolve(false));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    socket.on('error', () => undefined).destroy();
  }
}

/** For drivers that begin TLS themselves after a greeting (MySQL, PostgreSQL). */
export function tlsOptions({ host }: Pick<Address, 'host'>, { ca, cert, key, serverName }: TlsSecrets): ConnectionOptions {
  const name = serverName ?? host;
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(isIP(name) === 0 && { servername: name }),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    // A declared name is what the certificate must bear, whatever the address says.
    ...(serverName !== undefined && { checkServerIdentity: (_host, certificate) => checkServerIdentity(serverName, certificate) }),
  };
}

/** TLS over a line that stands, for drivers whose own way checks less than ours. `done` is called once, with why not. */
export function beginTls(socket: Socket, address: Pick<Address, 'host'>, tls: TlsSecrets, done: (error?: Error) => void): Socket {
  let isSecure = false;
  const secure = connectTls({ host: address.host, ...tlsOptions(address, tls), socket }, () => {
    isSecure = true;
    done();
  });
  secure.on('error', (error) => {
    if (!isSecure) done(error);
  });
  return secure;
}

/**
 * Counts what arrives where Node hands it to the stream: before any driver buffers or parses it. A TLS record on a line that
 * is plain (an alert, as a rule) says that the server wants TLS.
 */
function bound(socket: Socket, mostBytes: number, isPlain: boolean, cut: (failure: InstanceFailure) => void): void {
  const push = socket.push.bind(socket);
  let received = 0;
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array) {
      if (isPlain && received === 0 && (chunk[0] === 0x15 || chunk[0] === 0x16) && chunk[1] === 0x03) {
        cut(new InstanceFailure('tls-mismatch'));
        return false;
      }
      received += chunk.length;
    }
    if (received > mostBytes) {
      cut(new InstanceFailure('too-large'));
      return false;
    }
    return push(chunk, encoding);
  };
}
