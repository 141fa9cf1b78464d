/**
 * What is shown once (a token, a one-time link): after the act the browser is led to a page of its own, so that reloading and another
 * language work. What it shows travels in a cookie that only this session can open and that is over after minutes; nothing is kept here.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { cookieOf } from '../http/cookies.ts';
import type { Call } from '../http/endpoint.ts';

type Reply = Call<unknown, unknown, unknown>['reply'];
type Request = Call<unknown, unknown, unknown>['request'];

export const ONCE_PATH = '/admin/once';
const NAME = 'xunjian-once';
const SECONDS = 600;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export const Once = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), name: z.string().optional(), secret: z.string(), expiresAt: z.number() }),
  z.strictObject({ kind: z.literal('token'), token: z.string(), of: z.enum(['agent', 'collector', 'integration', 'reporter']), clusterId: z.string() }),
]);
export type Once = z.infer<typeof Once>;

export function keepOnce(reply: Reply, value: Once): void {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(reply.request), iv);
  const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  reply.setCookie(NAME, sealed.toString('base64url'), { path: ONCE_PATH, httpOnly: true, secure: reply.request.protocol === 'https', sameSite: 'strict', maxAge: SECONDS });
}
/** Nothing when it is over, or of another session. */
export function readOnce(request: Request): Once | undefined {
  const sealed = Buffer.from(request.cookies[NAME] ?? '', 'base64url');
  if (sealed.length <= IV_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(request), sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
    return Once.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // forged, or of a session that is over
  }
}
function keyOf(request: Request): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', cookieOf(request, 'session') ?? '', '', 'xunjian once', 32));
}
