/** Random credentials: 256 bits, of which only the digest is kept. No salt and no slow hash: there is nothing to guess. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
/** Hexadecimal SHA-256. */
export function digestOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
/** The token against forged requests of a session: derived, so that it need not be kept, and useless without the session. */
export function csrfTokenOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('xunjian csrf').digest('base64url');
}
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
/** Whether it can be a secret of ours at all: junk costs no look-up. */
export function looksLikeSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}
