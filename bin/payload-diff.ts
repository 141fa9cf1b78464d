/** What is different between two payloads, value by value. */
import { readIfThere } from '../agent/site/private-file.ts';

/** What a row is about, in this order; the rest of it is what is said of that. */
const ABOUT = ['section', 'check', 'kind', 'namespace', 'node', 'instance', 'member', 'workload', 'name', 'device', 'mount', 'path', 'unit', 'key', 'scope'] as const;

/** Values by their path; rows of a list by what they are about, so that one that moved has not changed. */
export function valuesOf(value: unknown, path = ''): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (one: unknown, at: string): void => {
    if (typeof one !== 'object' || one === null) found.set(at, JSON.stringify(one));
    else if (Array.isArray(one)) for (const [key, inner] of rowsOf(one)) walk(inner, `${at}[${key}]`);
    else for (const [key, inner] of Object.entries(one)) walk(inner, `${at}${at === '' ? '' : '.'}${key}`);
  };
  walk(value, path);
  return found;
}

/** Rows that are about the same, and rows about nothing that is known, are told apart by place. */
function rowsOf(list: readonly unknown[]): readonly (readonly [key: string, row: unknown])[] {
  const met = new Map<string, number>();
  return list.map((row) => {
    const key = aboutOf(row);
    const count = (met.get(key) ?? 0) + 1;
    met.set(key, count);
    return [count === 1 && key !== '' ? key : `${key}${key === '' ? count - 1 : ` #${count}`}`, row];
  });
}
function aboutOf(row: unknown): string {
  if (typeof row === 'string') return row;
  if (typeof row !== 'object' || row === null) return '';
  const facts = row as Readonly<Record<string, unknown>>;
  return ABOUT.flatMap((key) => {
    const fact = facts[key];
    if (key === 'scope') return fact === undefined ? [] : [aboutOf(fact)];
    return typeof fact === 'string' ? [fact] : [];
  }).join(' ');
}

/** `+ path = value`, `- path = value`, `~ path = before → after`. */
export function* differences(before: unknown, after: unknown): Generator<string> {
  const old = valuesOf(before);
  const now = valuesOf(after);
  for (const [path, value] of now) {
    const was = old.get(path);
    if (was === undefined) yield `+ ${path} = ${value}`;
    else if (was !== value) yield `~ ${path} = ${was} → ${value}`;
  }
  for (const [path, value] of old) if (!now.has(path)) yield `- ${path} = ${value}`;
}

/** A payload that was kept, or `undefined`. */
export async function keptPayload(path: string): Promise<unknown> {
  const bytes = await readIfThere(path);
  try {
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8')) as unknown);
  } catch {
    return undefined; // a damaged copy is none
  }
}
