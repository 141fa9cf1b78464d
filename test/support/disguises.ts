/** A planted word as it stands and as people think it hidden: encoded, reversed, hashed without a key. */
import { createHash } from 'node:crypto';

/** @param around texts that hold the word; their unsalted hashes are disguises too */
export function disguises(word: string, around: readonly string[] = []): string[] {
  const bytes = Buffer.from(word);
  // At three alignments, without the characters that also hold bits of the neighbours.
  const base64 = [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift, 0x20), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const inner = text.slice(shift === 0 ? 0 : shift + 1, (shift + bytes.length) % 3 === 0 ? undefined : -1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hashes = [word, `${word}\n`, word.toUpperCase(), ...around].flatMap((text) =>
    ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) => {
      const digest = createHash(algorithm).update(text).digest();
      return [digest.toString('hex').slice(0, 16), digest.toString('base64').slice(0, 16), digest.toString('base64url').slice(0, 16)];
    }),
  );
  const escaped = [...word].map((letter) => `%${(letter.codePointAt(0) ?? 0).toString(16)}`).join('');
  return [...new Set([word, word.toUpperCase(), [...word].toReversed().join(''), bytes.toString('hex'), bytes.toString('hex').toUpperCase(), escaped, ...base64, ...hashes])];
}

/** Disguises that occur in a text, regardless of case where that hides nothing. */
export function foundIn(text: string, among: readonly string[]): string[] {
  const low = text.toLowerCase();
  return among.filter((one) => text.includes(one) || (one.length > 9 && /^[a-z]+$/.test(one) && low.includes(one)));
}
