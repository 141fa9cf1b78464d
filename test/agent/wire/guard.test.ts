import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brand } from '../../../agent/wire/encode-values.ts';
import { guardHit } from '../../../agent/wire/guard.ts';
import { Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import { NAME_KINDS, type NameKind } from '../../../agent/wire/vocabulary.ts';

const fresh = (clear: readonly NameKind[] = []) => ({ pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set(clear) });
/** The smallest payload that may leave, with one value more: what a mistake in an encoder would add. */
const mutated = (extra: Record<string, unknown>): Record<string, unknown> => ({ schema: 1, agent: { role: 'node', version: '0.1.0', epoch: 0 }, clearNames: [], ...extra });

describe('the guard before the seal', () => {
  it('lets pass what the contract knows: words, versions, pseudonyms, well-known names', () => {
    const boundary = fresh();
    const pseudonym = boundary.pseudonyms.of('node', 'worker-12');
    expect(
      brand(
        mutated({ findings: [{ check: 'pod-crash-loop', severity: 'critical', scope: { kind: 'Node', name: pseudonym, namespace: 'kube-system' }, observed: '5.10.0-136' }] }),
        boundary,
      ).json,
    ).toContain(pseudonym);
  });

  it.each([
    ['a field that nobody registered', { hostname: 1 }],
    ['a sentence', { node: 'disk is full' }],
    ['a word of a customer', { node: 'payroll' }],
    ['an address', { node: 'fd00::1' }],
    ['a host name in a list', { items: ['db01.corp.example.com'] }],
    ['a token', { node: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln' }],
    ['an escaped text', { node: 'a\u0000"b' }],
    ['a text below lists and maps', { findings: [{ scope: { name: ['x y'] } }] }],
  ])('refuses %s, and does not say it', (_what, extra) => {
    expect(() => brand(mutated(extra), fresh())).toThrow(/^refused to send: guard: [a-z-]+ is outside the contract$/);
  });

  it('refuses any text that is not of the contract’s grammar', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        const { pseudonyms, clearNames } = fresh();
        const hit = guardHit(JSON.stringify({ name: text }), { words: new Set(['name']), keys: new Set(['name']), pseudonyms, clearNames });
        // What passes is a version, a well-known name or a word: nothing with white space, and nothing of other scripts.
        if (hit === undefined) expect(text).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });

  it('refuses a live name also where names of some kinds are open, and what looks like a secret or a person', () => {
    const open = fresh(['node']);
    open.pseudonyms.of('namespace', 'payroll-prod');
    const context = { words: new Set<string>(), keys: new Set(['name']), ...open };
    const hitOf = (name: string): string | undefined => guardHit(JSON.stringify({ name }), context);
    expect(hitOf('worker-12')).toBeUndefined();
    expect(hitOf('payroll-prod')).toBe('live-name');
    for (const [name, hit] of [
      ['li.wei@example.com', 'e-mail'],
      ['13800138000', 'phone'],
      ['11010519491231002X', 'identity'],
      ['http://u:p@proxy:1', 'user-in-url'],
      ['00:1b:44:11:3a:b7', 'mac'],
      ['AKIAIOSFODNN7EXAMPLE', 'token'],
      ['-----BEGIN EC PRIVATE KEY-----', 'key'],
    ] as const)
      expect(hitOf(name), name).toBe(hit);
  });

  it('stays out of the way within the site’s own trust domain', () => {
    expect(brand(mutated({ node: 'worker 12' }), fresh(NAME_KINDS)).json).toContain('worker 12');
  });
});
