/** What belongs to this site alone and never leaves it: the key of the pseudonyms and the way back from them. */
import { randomBytes } from 'node:crypto';
import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_BYTES, Pseudonyms } from '../wire/pseudonym.ts';
import { createPrivate, readIfThere, writePrivate } from './private-file.ts';

/** Names of the reverse table that are kept; the least recently made go first. */
const MOST_NAMES = 200_000;

export class SiteKeyError extends Error {
  override readonly name = 'SiteKeyError';
  readonly file: string;
  constructor(file: string) {
    super(`not a site key of ${KEY_BYTES} bytes`);
    this.file = file;
  }
}

/**
 * The site's pseudonyms. The key is made at the first run, 32 random bytes in `site.key`, mode 0600; agents of one cluster
 * are given the same file (a mounted Secret).
 * @param keyFile overrides `<stateDir>/site.key`; then it must exist
 * @throws SiteKeyError when the file holds something else
 */
export async function openPseudonyms(stateDir: string, keyFile?: string): Promise<Pseudonyms> {
  const file = keyFile ?? join(stateDir, 'site.key');
  if (keyFile === undefined && (await createPrivate(file, randomBytes(KEY_BYTES)))) return new Pseudonyms((await readIfThere(file)) ?? new Uint8Array());
  const key = await readIfThere(file);
  if (key?.length !== KEY_BYTES) throw new SiteKeyError(file);
  if (keyFile === undefined && ((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  return new Pseudonyms(key);
}

/** A key for this run only, for a site whose state directory cannot be written. */
export function ephemeralPseudonyms(): Pseudonyms {
  return new Pseudonyms(randomBytes(KEY_BYTES));
}

/** Reverse tables by who writes them: inspections and signals come from two processes, and each replaces its file as a whole. */
const TABLES = { inspections: 'names.json', signals: 'signal-names.json', bundles: 'bundle-names.json' } as const;

/** Adds this run's pseudonyms to the reverse table, mode 0600. */
export async function keepReverseTable(stateDir: string, pseudonyms: Pseudonyms, writer: keyof typeof TABLES = 'inspections'): Promise<void> {
  const file = join(stateDir, TABLES[writer]);
  const names = new Map(Object.entries(parseTable(await readIfThere(file))));
  for (const [pseudonym, name] of Object.entries(pseudonyms.reverseTable())) {
    names.delete(pseudonym);
    names.set(pseudonym, name);
  }
  const kept = [...names].slice(-MOST_NAMES);
  await writePrivate(file, `${JSON.stringify(Object.fromEntries(kept), undefined, 1)}\n`);
}

/** The name behind a pseudonym, from the reverse table; `undefined` when it is not known here. */
export async function resolvePseudonym(stateDir: string, pseudonym: string): Promise<string | undefined> {
  for (const file of Object.values(TABLES)) {
    const table = parseTable(await readIfThere(join(stateDir, file)));
    if (Object.hasOwn(table, pseudonym)) return table[pseudonym];
  }
  return undefined;
}

function parseTable(bytes: Buffer | undefined): Readonly<Record<string, string>> {
  if (bytes === undefined) return {};
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {}; // a damaged table is begun anew: pseudonyms can be made again from the names
  }
}
