/** Allow-listed keys of files with one `key=value` a line. Everything else is dropped line by line where it is read. */
import type { Reduce } from './allowed-xml.ts';
import type { Host } from './host.ts';

const MOST_BYTES = 1024 * 1024;
const MOST_LINES = 20_000;

/** Keys that are kept, and what becomes of their values. */
export type AllowedKeys = Readonly<Record<string, Reduce>>;

/**
 * `key=value`, `key: value` or `key value` (`separator`); `#` and `!` begin comments.
 * @throws what reading throws
 */
export async function readAllowedProperties(host: Host, path: string, allowed: AllowedKeys, separator: RegExp = /\s*[=:]\s*/): Promise<ReadonlyMap<string, string>> {
  return parseAllowedProperties(await host.read(path, { maxBytes: MOST_BYTES }), allowed, separator);
}

export function parseAllowedProperties(text: string, allowed: AllowedKeys, separator: RegExp = /\s*[=:]\s*/): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  for (const raw of text.split('\n', MOST_LINES)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith('!') || line.length > 4_096) continue;
    const at = separator.exec(line);
    if (!at) continue;
    const key = line.slice(0, at.index);
    const value = Object.hasOwn(allowed, key) ? allowed[key]?.(line.slice(at.index + at[0].length)) : undefined;
    if (value !== undefined) kept.set(key, value);
  }
  return kept;
}
