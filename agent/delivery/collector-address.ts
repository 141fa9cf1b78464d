/** Where payloads go: HTTPS, or HTTP to this machine itself. */
import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Why an address is not taken. */
export type AddressFault = 'not-a-url' | 'not-https' | 'has-credentials' | 'has-query';

/** The ingest endpoint below the given base, or what is wrong with it. */
export function ingestUrl(collector: string): URL | AddressFault {
  if (!URL.canParse(collector)) return 'not-a-url';
  const url = new URL(collector);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return 'not-https';
  if (url.username !== '' || url.password !== '') return 'has-credentials';
  if (url.search !== '' || url.hash !== '') return 'has-query';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/ingest`;
  return url;
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  return host === 'localhost' || (family !== 0 && LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6'));
}

/** An HTTP proxy, `http://user:password@host:port`, or `undefined`. */
export function proxyUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
