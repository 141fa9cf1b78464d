/** Why a message did not go out: a closed list that decides what happens next, and a sentence for the person who repairs it. */
import type { Text } from '../../agent/wire/vocabulary.ts';

export const FAILURES = ['dns', 'connection', 'tls', 'timeout', 'forbidden-address', 'unauthorized', 'throttled', 'unavailable', 'rejected', 'misconfigured', 'deferred'] as const;
export type Failure = (typeof FAILURES)[number];

/** Never again: the receiver understood and refused this very message. */
const FINAL: ReadonlySet<Failure> = new Set(['rejected']);
/** The message is delayed, its target works. */
const OF_MESSAGE: ReadonlySet<Failure> = new Set(['rejected', 'deferred']);

const TEXTS: Readonly<Record<Failure, Text>> = {
  dns: { zh: '域名无法解析：检查主机名和 DNS', en: 'the host name does not resolve: check the name and DNS' },
  connection: { zh: '无法连接：检查地址、端口和防火墙', en: 'no connection: check address, port and firewall' },
  tls: { zh: 'TLS 握手失败：检查证书、CA 和主机名', en: 'the TLS handshake failed: check certificate, CA and host name' },
  timeout: { zh: '超时未答复', en: 'no answer in time' },
  'forbidden-address': {
    zh: '目标地址不允许：客户配置的目标不得指向本机、内网或元数据地址，除非管理员放行该网段',
    en: 'the address is not allowed: a target of a customer may not point to loopback, private or metadata addresses unless the operator allows the network',
  },
  unauthorized: { zh: '对方拒绝凭据：检查令牌、密钥或账号', en: 'the credential was refused: check token, secret or account' },
  throttled: { zh: '对方限流，稍后自动重试', en: 'the receiver limits the rate; it is tried again later' },
  unavailable: { zh: '对方暂不可用，稍后自动重试', en: 'the receiver is not available; it is tried again later' },
  rejected: { zh: '对方拒收该消息', en: 'the receiver refused the message' },
  misconfigured: { zh: '目标配置不完整或无法使用', en: 'the configuration of the target is incomplete or cannot be used' },
  deferred: { zh: '收件方暂缓接收，稍后自动重试', en: 'the recipient defers it; it is tried again later' },
};

/** Holds no cause: errors of HTTP and mail libraries carry URLs with tokens and passwords. */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly failure: Failure;
  /** What the receiver said, without secrets. */
  readonly detail: string;
  /** At least so long the receiver wants to be left alone. */
  readonly retryAfterMs: number | undefined;
  constructor(failure: Failure, detail = '', retryAfterMs?: number) {
    super(detail === '' ? TEXTS[failure].en : `${TEXTS[failure].en} (${detail})`);
    this.failure = failure;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }
  get isFinal(): boolean {
    return FINAL.has(this.failure);
  }
  /** Whether the target as a whole has to rest. */
  get isOfTarget(): boolean {
    return !OF_MESSAGE.has(this.failure);
  }
  get text(): Text {
    const { zh, en } = TEXTS[this.failure];
    return this.detail === '' ? { zh, en } : { zh: `${zh}（${this.detail}）`, en: `${en} (${this.detail})` };
  }
}

const TLS_CODES = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO$|ETLS$|INVALID_CA|ERR_OSSL)/;
/** What a socket, resolver or TLS says by its code. Only the code is kept. */
export function networkFailure(error: unknown): SendError {
  if (error instanceof SendError) return error;
  const codes = codesOf(error);
  const code = codes[0] ?? '';
  if (codes.some((one) => one === 'EFORBIDDENADDRESS')) return new SendError('forbidden-address');
  if (codes.some((one) => one === 'ENOTFOUND' || one === 'EAI_AGAIN' || one === 'EDNS' || one === 'ENODATA')) return new SendError('dns', code);
  if (codes.some((one) => TLS_CODES.test(one))) return new SendError('tls', codes.find((one) => TLS_CODES.test(one)) ?? code);
  if (codes.some((one) => one === 'ETIMEDOUT' || one === 'ECONNABORTED' || one === 'ERR_CANCELED' || one === 'ABORT_ERR'))
    return new SendError('timeout', code === 'ERR_CANCELED' ? '' : code);
  return new SendError('connection', code);
}
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const own =
    'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,60}$/.test(error.code)
      ? [error.code]
      : error.name === 'AbortError' || error.name === 'TimeoutError'
        ? ['ABORT_ERR']
        : [];
  const inner = error instanceof AggregateError ? error.errors.slice(0, 4).flatMap((one) => codesOf(one, depth + 1)) : [];
  return [...own, ...inner, ...codesOf(error.cause, depth + 1)];
}

/** `Retry-After`: seconds or a date; bounded to a day. */
export function retryAfterMs(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const wait = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 86_400_000) : undefined;
}
