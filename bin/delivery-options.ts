/** Options of `xunjian agent` that say where results go. Without `--collector` they stay on this machine. */
import { resolve } from 'node:path';
import { ingestUrl, proxyUrl } from '../agent/delivery/collector-address.ts';
import type { DeliveryOptions } from '../agent/delivery/delivery-options.ts';
import { BOUNDARIES } from '../agent/delivery/record.ts';
import type { Text } from '../agent/wire/vocabulary.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './terminal/arguments.ts';

export const DELIVERY_OPTIONS = {
  collector: { type: 'string' },
  'token-file': { type: 'string' },
  'ca-file': { type: 'string' },
  'client-cert-file': { type: 'string' },
  'client-key-file': { type: 'string' },
  proxy: { type: 'string' },
  boundary: { type: 'string' },
  'outbox-max-mb': { type: 'string' },
  'outbox-max-days': { type: 'string' },
  'heartbeat-seconds': { type: 'string' },
  'consent-folder': { type: 'string' },
} as const;
type Values = { readonly [K in keyof typeof DELIVERY_OPTIONS]?: string | undefined };

const FAULTS: Readonly<Record<Exclude<ReturnType<typeof ingestUrl>, URL>, Text>> = {
  'not-a-url': { zh: '不是网址，例如 https://collector.example.com', en: 'not a URL such as https://collector.example.com' },
  'not-https': { zh: '必须使用 https（本机回环地址可用 http）', en: 'must be https (http only to this machine itself)' },
  'has-credentials': { zh: '网址中不能带口令，请使用 --token-file', en: 'no password in the URL: use --token-file' },
  'has-query': { zh: '网址中不能带 ? 或 #', en: 'no ? or # in the URL' },
};

/** @throws UsageError */
export async function deliveryOptions(values: Values, { environment, locale }: CommandContext): Promise<DeliveryOptions | undefined> {
  const given = (option: keyof Values, variable: string): string | undefined => values[option] ?? (environment[variable] || undefined);
  const file = (option: keyof Values, variable: string): string | undefined => {
    const path = given(option, variable);
    return path === undefined ? undefined : resolve(path);
  };
  const number = (option: keyof Values, variable: string, fallback: number, least: number, most: number): number => {
    const text = given(option, variable) ?? String(fallback);
    const value = Number(text);
    if (!Number.isFinite(value) || value < least || value > most || text.trim() === '') throw new UsageError(`--${option}: ${least}…${most}`);
    return value;
  };
  const collector = given('collector', 'XUNJIAN_COLLECTOR');
  if (collector === undefined) {
    const useless = Object.keys(DELIVERY_OPTIONS).find((option) => option in values);
    if (useless !== undefined) throw new UsageError(`--${useless}: ${locale === 'zh' ? '需要同时给出' : 'only with'} --collector`);
    return undefined;
  }
  const url = ingestUrl(collector);
  if (!(url instanceof URL)) throw new UsageError(`--collector: ${FAULTS[url][locale]}`);
  const boundaryWord = given('boundary', 'XUNJIAN_BOUNDARY') ?? 'vendor';
  const boundary = BOUNDARIES.find((known) => known === boundaryWord);
  if (!boundary) throw new UsageError(`--boundary: ${BOUNDARIES.join('|')}`);
  const clientCertFile = file('client-cert-file', 'XUNJIAN_CLIENT_CERT_FILE');
  const clientKeyFile = file('client-key-file', 'XUNJIAN_CLIENT_KEY_FILE');
  if ((clientCertFile === undefined) !== (clientKeyFile === undefined)) throw new UsageError('--client-cert-file, --client-key-file');
  return {
    url: url.href,
    proxy: await proxyFor(given('proxy', 'XUNJIAN_PROXY'), url),
    boundary,
    tokenFile: file('token-file', 'XUNJIAN_TOKEN_FILE'),
    caFile: file('ca-file', 'XUNJIAN_CA_FILE'),
    clientCertFile,
    clientKeyFile,
    maxBytes: number('outbox-max-mb', 'XUNJIAN_OUTBOX_MAX_MB', 256, 1, 65_536) * 1024 * 1024,
    maxAgeSeconds: number('outbox-max-days', 'XUNJIAN_OUTBOX_MAX_DAYS', 14, 1, 400) * 86_400,
    consentFolder: file('consent-folder', 'XUNJIAN_CONSENT_FOLDER'),
    heartbeatSeconds: number('heartbeat-seconds', 'XUNJIAN_HEARTBEAT_SECONDS', 60, 1, 3_600),
  };
}

/** The proxy that was named, else that of HTTPS_PROXY where NO_PROXY does not except the collector. The message never shows it: it may hold a password. */
async function proxyFor(named: string | undefined, url: URL): Promise<string | undefined> {
  if (url.protocol === 'http:') return undefined; // this machine itself
  const text = named ?? (await import('proxy-from-env')).getProxyForUrl(url.href);
  if (text === '') return undefined;
  const proxy = proxyUrl(text);
  if (!proxy) throw new UsageError('--proxy: http://USER:PASSWORD@HOST:PORT');
  return proxy.href;
}
