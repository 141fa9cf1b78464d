/** What is different between two payloads, value by value. */
import { readIfThere } from '../agent/site/private-file.ts';

/** Values by their path; lists by place, so that a row that moved shows as changed. */
export function valuesOf(value: unknown, path = ''): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (one: unknown, at: string): void => {
    if (typeof one !== 'object' || one === null) found.set(at, JSON.stringify(one));
    else for (const [key, inner] of Object.entries(one)) walk(inner, Array.isArray(one) ? `${at}[${key}]` : `${at}${at === '' ? '' : '.'}${key}`);
  };
  walk(value, path);
  return found;
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
