import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PSEUDONYM, Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import { isVersion, toVersion } from '../../../agent/wire/version.ts';
import { NAME_KINDS } from '../../../agent/wire/vocabulary.ts';

const key = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

describe('Pseudonyms', () => {
  it('are HMAC-SHA256 in base32: the value that any other program computes', () => {
    // python3: base64.b32encode(hmac.new(bytes([7]) * 32, b"v1|node|worker-1", hashlib.sha256).digest())[:20].lower()
    expect(new Pseudonyms(new Uint8Array(32).fill(7)).of('node', 'worker-1')).toBe('node~q4lqggfzr3nqarnyyxy7');
  });
  it('are stable under one key, and differ by key and by kind', () => {
    const one = new Pseudonyms(key(1));
    expect(one.of('node', 'worker-1')).toBe(new Pseudonyms(key(1)).of('node', 'worker-1'));
    expect(one.of('node', 'worker-1')).not.toBe(new Pseudonyms(key(2)).of('node', 'worker-1'));
    expect(one.of('node', 'x').slice(5)).not.toBe(one.of('pod', 'x').slice(4));
  });
  it('carry 100 bits in their form, and no unkeyed hash of the name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAME_KINDS), fc.string({ minLength: 1, unit: 'binary' }), (kind, name) => {
        const pseudonym = new Pseudonyms(key(3)).of(kind, name);
        const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) =>
          ['hex', 'base64'].map((encoding) =>
            createHash(algorithm)
              .update(name)
              .digest(encoding as 'hex'),
          ),
        );
        return PSEUDONYM.test(pseudonym) && hashes.every((hash) => !hash.includes(pseudonym.slice(kind.length + 1, kind.length + 13)));
      }),
    );
  });
  it('do not collide over 100,000 names', () => {
    const pseudonyms = new Pseudonyms(key(4));
    expect(new Set(Array.from({ length: 100_000 }, (_, index) => pseudonyms.of('pod', `pod-${index}`))).size).toBe(100_000);
  });
  it('can be turned back at the site', () => {
    const pseudonyms = new Pseudonyms(key(5));
    const pseudonym = pseudonyms.of('namespace', 'payments');
    expect(pseudonyms.reverseTable()).toEqual({ [pseudonym]: 'payments' });
  });
  it('want a whole key', () => {
    expect(() => new Pseudonyms(new Uint8Array(16))).toThrow(RangeError);
  });
});

describe('toVersion', () => {
  it.each([
    ['5.10.0-153.12.0.92.oe2203sp2.x86_64', '5.10.0-153.12.0.92.oe2203sp2.x86_64'],
    ['4.19.90-24.4.v2101.ky10.x86_64', '4.19.90-24.4.v2101.ky10.x86_64'],
    ['v1.20.2', 'v1.20.2'],
    ['6.1.0-28-amd64', '6.1.0-28-amd64'],
    ['1.30.4-gke.1348000', '1.30.4-gke.1348000'],
    ['v1.27.3+k3s1', 'v1.27.3+k3s1'],
    ['22.03 (LTS-SP3)', '22.03-lts-sp3'],
    ['5.10.0-acmebank-ledger', '5.10.0-x-x'],
    ['5.10.0-AcmeBank', '5.10.0-x'],
    ['  3.10.0-1160.el7.x86_64\n', '3.10.0-1160.el7.x86_64'],
  ])('%j → %j', (foreign, expected) => {
    expect(toVersion(foreign)).toBe(expected);
  });
  it('gives nothing for what is no version', () => {
    for (const foreign of ['', 'latest', 'acme', undefined, 7, null, {}, '\0', '-', '....']) expect(toVersion(foreign)).toBeUndefined();
  });
  it('always gives what it accepts itself, however hostile the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (foreign) => {
        const version = toVersion(foreign);
        return version === undefined || (isVersion(version) && version.length <= 64);
      }),
      { numRuns: 2_000 },
    );
  });
});
