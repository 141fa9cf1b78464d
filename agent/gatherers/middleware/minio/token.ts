/** The token that MinIO's metrics want: signed with an access key's secret, as `mc admin prometheus generate` makes it, but for minutes. */
import { createHmac } from 'node:crypto';

const LIFETIME_SECONDS = 300;

/** @param now Unix seconds */
export function metricsToken(accessKey: string, secretKey: string, now: number): string {
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${encoded({ alg: 'HS512', typ: 'JWT' })}.${encoded({ exp: now + LIFETIME_SECONDS, sub: accessKey, iss: 'prometheus' })}`;
  return `${head}.${createHmac('sha512', secretKey).update(head).digest('base64url')}`;
}
