/** Foreign YAML as plain values. The parser is loaded only on hosts that have something to parse: it costs 12 MB of memory. */
import { UnreadableError } from '../../gatherer.ts';

export type YamlMap = Readonly<Record<string, unknown>>;

/** Configuration files and manifests are a few kilobytes. */
export const MAX_YAML_BYTES = 256 * 1024;

/**
 * The first document of a text, a mapping; an empty text is an empty mapping.
 * @throws UnreadableError `malformed`; the parser's message quotes the text and is not passed on
 */
export async function parseYamlMap(text: string): Promise<YamlMap> {
  const { parseAllDocuments } = await import('yaml');
  let value: unknown;
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false });
    const first = Array.isArray(documents) ? documents.find((one) => one.contents !== null) : undefined;
    if (first && first.errors.length > 0) throw new UnreadableError('malformed');
    value = first?.toJS({ maxAliasCount: 50 });
  } catch {
    throw new UnreadableError('malformed'); // syntax, too many aliases, or nested too deep for the stack
  }
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new UnreadableError('malformed');
  return asMap(value);
}

/** The value as a mapping; empty when it is something else. */
export function asMap(value: unknown): YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as YamlMap) : {}; // checked in this line
}
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
export function asBool(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
/** A whole number ≥ 0, also one that was quoted. */
export function asCount(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Mappings laid over one another, later ones win; lists are replaced whole, as the kubelet's drop-ins do. */
export function overlay(base: YamlMap, over: YamlMap, depth = 0): YamlMap {
  const merged: Record<string, unknown> = Object.assign(Object.create(null), base);
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    const both = typeof value === 'object' && value !== null && !Array.isArray(value) && typeof below === 'object' && below !== null && !Array.isArray(below);
    merged[key] = both && depth < 8 ? overlay(asMap(below), asMap(value), depth + 1) : value;
  }
  return merged;
}
