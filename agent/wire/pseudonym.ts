/** Keyed pseudonyms: stable at one site, meaningless elsewhere. */
import { createHmac } from 'node:crypto';
import type { NameKind } from './vocabulary.ts';

/** RFC 4648 base32, lower case; 20 characters carry 100 bits of the HMAC. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 20;
/** `kind~` and 20 base32 characters; no Kubernetes name contains a tilde, so it cannot be mistaken for a clear name. */
export const PSEUDONYM = /^[a-z-]{3,14}~[a-z2-7]{20}$/;
/** Bytes that a site key must have (HMAC-SHA256's block of security). */
export const KEY_BYTES = 32;

/** Turns names into pseudonyms and remembers the way back, for this site only. */
export class Pseudonyms {
  readonly #key: Uint8Array;
  readonly #seen = new Map<string, string>();
  readonly #made = new Map<string, string>();
  readonly #names = new Set<string>();

  /** @param key site key of {@link KEY_BYTES} bytes; it never leaves the site */
  constructor(key: Uint8Array) {
    if (key.length !== KEY_BYTES) throw new RangeError(`a site key has ${KEY_BYTES} bytes, this one has ${key.length}`);
    this.#key = key;
  }

  /** `HMAC-SHA256(key, "v1|kind|name")`, cut to 100 bits. */
  of(kind: NameKind, name: string): string {
    const of = `${kind}|${name}`;
    const known = this.#made.get(of);
    if (known !== undefined) return known;
    const digest = createHmac('sha256', this.#key).update(`v1|${of}`).digest();
    const pseudonym = `${kind}~${base32(digest)}`;
    this.#seen.set(pseudonym, name);
    this.#made.set(of, pseudonym);
    this.#names.add(name);
    return pseudonym;
  }

  /** Whether a name of any kind was turned into a pseudonym: it is alive at this site, and must not stand clear. */
  knows(name: string): boolean {
    return this.#names.has(name);
  }

  /** Every pseudonym made so far with the name behind it: the site's reverse table. */
  reverseTable(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#seen].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function base32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < LENGTH) {
      bits -= 5;
      out += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
    if (out.length === LENGTH) break;
  }
  return out;
}
