/** Reads nginx' configuration with what it includes, and the public part of certificates, from the host. */
import { X509Certificate } from 'node:crypto';
import { posix } from 'node:path';
import type { Host } from '../../../host/host.ts';
import { type Directive, parseConfiguration, walk } from './configuration.ts';

const MOST_FILES = 300;
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_CERTIFICATES = 200;
const DEEPEST = 6;

export interface Configuration {
  readonly directives: readonly Directive[];
  /** Files were left out by the caps, or could not be read or understood. */
  readonly cut: boolean;
  /** Folder that relative paths begin at. */
  readonly folder: string;
}
/** Where the master process reads its configuration: its own words, else what its package chose. */
export function configurationFile(commandLine: string): { readonly candidates: readonly string[] } {
  const words = commandLine.split(/[\0 ]+/);
  const after = (flag: string): string | undefined => {
    const at = words.indexOf(flag);
    return at < 0 ? undefined : words[at + 1];
  };
  const prefix = after('-p');
  const named = after('-c');
  if (named?.startsWith('/')) return { candidates: [named] };
  if (prefix?.startsWith('/')) return { candidates: [posix.join(prefix, named ?? 'conf/nginx.conf')] };
  return { candidates: ['/etc/nginx/nginx.conf', '/usr/local/nginx/conf/nginx.conf', '/usr/local/openresty/nginx/conf/nginx.conf'] };
}

/** `undefined` when the first file cannot be read or is no configuration. */
export async function readConfiguration(host: Host, candidates: readonly string[], signal: AbortSignal): Promise<Configuration | undefined> {
  for (const path of candidates) {
    if (!(await host.exists(path).catch(() => false))) continue;
    const budget = { files: 0, bytes: 0, cut: false };
    const folder = posix.dirname(path);
    const directives = await readFile(host, path, folder, budget, 0, signal);
    return directives ? { directives, cut: budget.cut, folder } : undefined;
  }
  return undefined;
}

type Budget = { files: number; bytes: number; cut: boolean };
async function readFile(host: Host, path: string, folder: string, budget: Budget, depth: number, signal: AbortSignal): Promise<readonly Directive[] | undefined> {
  if (depth > DEEPEST || budget.files >= MOST_FILES || budget.bytes >= MOST_BYTES || signal.aborted) {
    budget.cut = true;
    return undefined;
  }
  budget.files += 1;
  const text = await host.read(path, { maxBytes: MOST_BYTES - budget.bytes }).catch(() => undefined);
  const directives = text === undefined ? undefined : parseConfiguration(text);
  if (text === undefined || !directives) {
    budget.cut = true;
    return undefined;
  }
  budget.bytes += text.length;
  return await included(host, directives, folder, budget, depth, signal);
}
async function included(host: Host, directives: readonly Directive[], folder: string, budget: Budget, depth: number, signal: AbortSignal): Promise<readonly Directive[]> {
  const out: Directive[] = [];
  for (const directive of directives) {
    if (directive.name === 'include' && directive.values[0] !== undefined) {
      for (const file of await matching(host, absolute(folder, directive.values[0]))) out.push(...((await readFile(host, file, folder, budget, depth + 1, signal)) ?? []));
    } else out.push(directive.block ? { ...directive, block: await included(host, directive.block, folder, budget, depth, signal) } : directive);
  }
  return out;
}
/** A glob in the last part, as packages use them; others are left out. */
async function matching(host: Host, pattern: string): Promise<readonly string[]> {
  const name = posix.basename(pattern);
  const folder = posix.dirname(pattern);
  if (!/[*?[]/.test(name)) return [pattern];
  if (/[*?[]/.test(folder)) return [];
  const regex = new RegExp(
    `^${name
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '.')}$`,
  );
  const { names } = await host.list(folder).catch(() => ({ names: [] }));
  return names
    .filter((one) => regex.test(one) && !one.startsWith('.'))
    .sort()
    .map((one) => posix.join(folder, one));
}
export function absolute(folder: string, path: string): string {
  return path.startsWith('/') ? path : posix.join(folder, path);
}

/** When the first of the certificates expires; keys are never opened, and of a file with both only the certificate is looked at. */
export async function readCertificates(
  host: Host,
  { directives, folder }: Configuration,
): Promise<{ certificates: number; unreadableCertificates: number; certificateExpiresAt?: number }> {
  const paths = new Set<string>();
  for (const { directive } of walk(directives)) {
    const path = directive.values[0];
    if (directive.name === 'ssl_certificate' && path !== undefined && !/[$]|^data:/.test(path) && paths.size < MOST_CERTIFICATES) paths.add(absolute(folder, path));
  }
  const ends: number[] = [];
  for (const path of paths) {
    const text = await host.read(path, { maxBytes: 256 * 1024 }).catch(() => '');
    const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(text)?.[0];
    const end = pem === undefined ? undefined : expiryOf(pem);
    if (end !== undefined) ends.push(end);
  }
  return { certificates: ends.length, unreadableCertificates: paths.size - ends.length, ...(ends.length > 0 && { certificateExpiresAt: Math.min(...ends) }) };
}
function expiryOf(pem: string): number | undefined {
  try {
    const ms = Date.parse(new X509Certificate(pem).validTo);
    return Number.isNaN(ms) ? undefined : Math.max(0, Math.floor(ms / 1_000));
  } catch {
    return undefined;
  }
}
