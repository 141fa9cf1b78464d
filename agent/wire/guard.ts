/**
 * The last line before bytes are sealed, and independent of what built them: every text in a payload has to be one that the contract
 * knows. Field by field nothing else can be expressed; should somebody break that, this refuses the whole payload. It never says the text.
 */
import { CHECK_IDS } from './check-ids.ts';
import { PSEUDONYM, type Pseudonyms } from './pseudonym.ts';
import { isVersion } from './version.ts';
import { NAME_KINDS, type NameKind } from './vocabulary.ts';
import { isWellKnown } from './well-known.ts';

/** What people's data and secrets look like, for sites that let names of some kinds travel clear. */
const SHAPES: readonly (readonly [GuardHit, RegExp])[] = [
  ['token', /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\b(?:ghp|gho|xox[abp]|xj)_[\w-]{20,}/],
  ['key', /-----BEGIN |\b(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-\S+) AAAA/],
  ['e-mail', /[\w.+-]+@[\w-]+\.[\w.-]*[A-Za-z]{2,}/],
  ['user-in-url', /:\/\/[^/\s]*@/],
  ['mac', /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/i],
  ['phone', /(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)/],
  ['identity', /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/],
];
export type GuardHit = 'unknown-text' | 'live-name' | 'token' | 'key' | 'e-mail' | 'user-in-url' | 'mac' | 'phone' | 'identity';

export interface GuardContext {
  /** Words of the registry's closed lists. */
  readonly words: ReadonlySet<string>;
  /** Names of sections, fields and of what stands around them. */
  readonly keys: ReadonlySet<string>;
  readonly pseudonyms: Pseudonyms;
  readonly clearNames: ReadonlySet<NameKind>;
}

const IDS: ReadonlySet<string> = new Set(CHECK_IDS);

/** What is wrong with the canonical JSON of a payload, as a closed word; `undefined` when nothing is. */
export function guardHit(json: string, context: GuardContext): GuardHit | undefined {
  if (context.clearNames.size === NAME_KINDS.length) return undefined; // within the site's own trust domain
  const seen = new Set<string>();
  for (const [whole, raw = '', colon] of json.matchAll(/"((?:[^"\\]|\\.)*)"(:?)/g)) {
    if (seen.has(whole)) continue;
    seen.add(whole);
    const hit = colon === ':' ? hitOfKey(raw, context) : hitOfText(raw, context);
    if (hit !== undefined) return hit;
  }
  return undefined;
}
function hitOfKey(key: string, { keys, words }: GuardContext): GuardHit | undefined {
  return keys.has(key) || words.has(key) ? undefined : 'unknown-text';
}
function hitOfText(raw: string, { words, keys, pseudonyms, clearNames }: GuardContext): GuardHit | undefined {
  if (words.has(raw) || IDS.has(raw) || keys.has(raw) || PSEUDONYM.test(raw)) return undefined;
  const text = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
  if (isKnownName(text)) return undefined;
  if (pseudonyms.knows(text)) return 'live-name';
  const shape = SHAPES.find(([, pattern]) => pattern.test(text))?.[0];
  if (shape !== undefined || isVersion(text)) return shape;
  return clearNames.size === 0 ? 'unknown-text' : undefined;
}
function isKnownName(text: string): boolean {
  return NAME_KINDS.some((kind) => isWellKnown(kind, text));
}
