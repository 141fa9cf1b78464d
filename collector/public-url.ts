/** Where agents and people reach this collector, as far as it can know. */
import { X509Certificate } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import type { CollectorConfig } from './config.ts';

type Listening = Pick<CollectorConfig, 'publicUrl' | 'listen' | 'tls'>;

/** As configured, else the listening address as this machine would open it. */
export function publicUrlOf({ publicUrl, listen, tls }: Listening): string {
  return publicUrl ?? `${tls ? 'https' : 'http'}://${openHost(listen.host)}:${listen.port}`;
}

/**
 * The address to hand to others: as configured; else what the certificate is for, because nothing else would be trusted; else,
 * where it listens on every interface, this machine's first address that others see.
 * @param certificate PEM of the collector's own
 * @param addresses of this machine; default: the system's
 */
export function advertisedUrlOf(config: Listening, certificate?: string, addresses = outerAddresses()): string {
  if (config.publicUrl !== undefined) return config.publicUrl;
  const { host, port } = config.listen;
  const everywhere = host === '0.0.0.0' || host === '::';
  const certified = certificate === undefined ? undefined : nameOf(certificate);
  if (certified !== undefined) return `https://${bracketed(certified)}:${port}`;
  const outer = everywhere ? addresses[0] : undefined;
  return outer === undefined ? publicUrlOf(config) : `${config.tls ? 'https' : 'http'}://${bracketed(outer)}:${port}`;
}

export function openHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : bracketed(host);
}
function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** The first whole name, else the first address, that a certificate is for. */
function nameOf(pem: string): string | undefined {
  let names: readonly string[];
  try {
    names = (new X509Certificate(pem).subjectAltName ?? '').split(', ');
  } catch {
    return undefined; // whoever listens with it says so
  }
  const named = (prefix: string): string | undefined =>
    names
      .find((name) => name.startsWith(prefix) && /^[\w.:-]+$/.test(name.slice(prefix.length)) && !/^(localhost|127\.|0:0:0:0:0:0:0:1$)/.test(name.slice(prefix.length)))
      ?.slice(prefix.length);
  return named('DNS:') ?? named('IP Address:');
}

/** IPv4 first: what an operator recognises. Link-local addresses lead nowhere. */
function outerAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outer = all.filter(({ internal, address }) => !internal && !address.startsWith('169.254.') && !address.startsWith('fe80:'));
  return outer.toSorted((one, other) => (one.family === other.family ? 0 : one.family === 'IPv4' ? -1 : 1)).map(({ address }) => address);
}
