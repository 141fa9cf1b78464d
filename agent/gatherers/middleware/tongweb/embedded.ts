/**
 * The licence of an embedded TongWeb on a host: where its process was told to look, and whether the file is there. The process's
 * arguments come first, then Spring Boot's own files beside it; one key is kept of them.
 */
import { readAllowedProperties } from '../../../host/allowed-properties.ts';
import { keep } from '../../../host/allowed-xml.ts';
import type { Host } from '../../../host/host.ts';
import type { Sections } from '../../../wire/section-values.ts';

export type LicensePath = Sections['middlewareTongweb']['rows'][number]['licensePath'];
const KEY = 'server.tongweb.license.path';
const MOST_YAML = 256 * 1024;
/** In the order in which Spring Boot lets them win. */
const FOLDERS = ['config', '.'];

/** `undefined` when nothing says where it is, or only the application's package does. */
export async function embeddedLicense(host: Host, pid: string): Promise<LicensePath | undefined> {
  const folder = await host.linkTarget(`/proc/${pid}/cwd`);
  const commandLine = await host.read(`/proc/${pid}/cmdline`, { maxBytes: 128 * 1024, cut: true }).catch(() => '');
  const argument = commandLine.split('\0').map((one) => /^(?:-D|--)server\.tongweb\.license\.path=(.{1,1000})$/.exec(one)?.[1]);
  const path = argument.findLast((one) => one !== undefined) ?? (folder === undefined ? undefined : await configuredPath(host, folder));
  if (path === undefined) return undefined;
  if (path.includes('${')) return undefined; // of variables that only the process knows
  if (path.startsWith('classpath')) return 'in-package';
  const file = path.replace(/^file:(\/\/)?/, '');
  const absolute = file.startsWith('/') ? file : folder === undefined ? undefined : `${folder}/${file}`;
  if (absolute === undefined) return undefined;
  if (await host.exists(absolute).catch(() => false)) return 'found';
  return (await isReadable(host, absolute)) ? 'file-missing' : undefined;
}

/** A folder that may not be looked into says nothing of the file in it. */
async function isReadable(host: Host, file: string): Promise<boolean> {
  for (let folder = file.replace(/\/[^/]*$/, ''); folder !== ''; folder = folder.replace(/\/[^/]*$/, '')) {
    const listing = await host.list(folder).catch(() => undefined);
    if (listing === undefined) return false;
    if (listing.names.length > 0) return true;
  }
  return true;
}

async function configuredPath(host: Host, folder: string): Promise<string | undefined> {
  for (const below of FOLDERS) {
    const name = `${folder}/${below}/application`;
    const properties = await readAllowedProperties(host, `${name}.properties`, { [KEY]: keep }).catch(() => undefined);
    const found = properties?.get(KEY) ?? (await fromYaml(host, `${name}.yml`)) ?? (await fromYaml(host, `${name}.yaml`));
    if (found !== undefined) return found.trim();
  }
  return undefined;
}
/** The key written out, or step by step. Everything else of the document ends here. */
async function fromYaml(host: Host, path: string): Promise<string | undefined> {
  const text = await host.read(path, { maxBytes: MOST_YAML }).catch(() => undefined);
  if (text === undefined || !/tongweb/.test(text)) return undefined;
  const { parseAllDocuments } = await import('yaml');
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  for (const document of Array.isArray(documents) ? documents : []) {
    const value = valueAt(document.errors.length > 0 ? undefined : safeValue(document), KEY);
    if (typeof value === 'string' && value.length <= 1_000) return value;
  }
  return undefined;
}
function safeValue(document: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
/** `server.tongweb.license.path` in any division into steps. */
function valueAt(from: unknown, path: string): unknown {
  if (typeof from !== 'object' || from === null) return undefined;
  for (const [key, value] of Object.entries(from)) {
    if (key === path) return value;
    if (path.startsWith(`${key}.`)) {
      const found = valueAt(value, path.slice(key.length + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
