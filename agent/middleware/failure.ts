/** Why an instance could not be read: one word of a closed list. What a server said is never kept, it may quote anything. */
import type { Reach } from '../wire/sections/middleware/products.ts';

export class InstanceFailure extends Error {
  override readonly name = 'InstanceFailure';
  readonly reach: Reach;
  constructor(reach: Reach, options?: ErrorOptions) {
    super(reach, options);
    this.reach = reach;
  }
}

/** The word for any error of a socket, of TLS or of a driver that has no code of its own. */
export function reachOf(error: unknown): Reach {
  if (error instanceof InstanceFailure) return error.reach;
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout';
  const code = 'code' in error ? String(error.code) : '';
  if (/^(CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/.test(code)) return 'tls-mismatch';
  if (code === 'ETIMEDOUT' || code === 'ERR_SOCKET_CONNECTION_TIMEOUT') return 'timeout';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') return 'unresolved';
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM)$/.test(code)) return 'refused';
  if (/^(ECONNRESET|EPIPE|ERR_STREAM)/.test(code)) return 'protocol';
  return error instanceof SyntaxError ? 'protocol' : 'failed';
}
