import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Outgoing, seal } from '../../../agent/wire/encode.ts';
import { canonical } from '../../../agent/wire/encode-values.ts';
import { assertClean, type GuardFacts, GuardTrippedError } from '../../../agent/wire/guard.ts';
import { Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import { NAME_KINDS } from '../../../agent/wire/vocabulary.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';

const facts = (over: Partial<GuardFacts> = {}): GuardFacts => ({ liveNames: () => ['worker-7.bank', 'pay'], isOpened: () => false, ...over });
const outgoing: Outgoing = { agent: { role: 'inspect', version: '0.1.0', epoch: 0 }, takenAt: 1_795_305_600, sections: HEALTHY, gatherers: [], verdicts: [], findings: [] };
const pseudonyms = (): Pseudonyms => new Pseudonyms(new Uint8Array(32).fill(7));
/** The code of what trips, or nothing. */
function trip(payload: object | string, over: Partial<GuardFacts> = {}): string {
  try {
    assertClean(typeof payload === 'string' ? payload : canonical(payload), facts(over));
    return '';
  } catch (error) {
    if (!(error instanceof GuardTrippedError)) throw error;
    return `${error.code} ${error.path}`;
  }
}

describe('the last-line guard', () => {
  it('lets a payload through that the encoder built, pseudonyms, versions and well-known names included', () => {
    const { json } = seal(outgoing, { pseudonyms: pseudonyms(), clearNames: new Set() });
    expect(json.length).toBeGreaterThan(10_000);
    expect(trip(json)).toBe('');
  });

  it.each([
    ['a name of this run', { node: 'worker-7.bank' }, 'GUARD_NAME node'],
    ['a name inside another text, in capitals', { node: 'X-WORKER-7.BANK' }, 'GUARD_NAME node'],
    ['a name under a key for words', { reason: 'worker-7.bank' }, 'GUARD_NAME reason'],
    ['a name in hexadecimal, which the grammar of versions lets through', { version: Buffer.from('worker-7.bank').toString('hex') }, 'GUARD_NAME version'],
    ['a name in base64', { node: Buffer.from('worker-7.bank').toString('base64') }, 'GUARD_UNREGISTERED node'],
    ['a name without a key, hashed', { node: createHash('sha256').update('worker-7.bank').digest('hex') }, 'GUARD_UNREGISTERED node'],
    ['a key that nobody registered', { 'worker-7.bank': 1 }, 'GUARD_UNREGISTERED ?'],
    ['a text that is no word', { reason: 'because' }, 'GUARD_UNREGISTERED reason'],
    ['a word where a name belongs', { node: 'pass' }, 'GUARD_UNREGISTERED node'],
    ['a text where only numbers belong', { takenAt: '1' }, 'GUARD_UNREGISTERED takenAt'],
    ['a JWT', { node: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl' }, 'GUARD_JWT node'],
    ['a private key', { node: '-----BEGIN RSA PRIVATE KEY-----' }, 'GUARD_PEM node'],
    ['an access key', { node: 'AKIAIOSFODNN7EXAMPLE' }, 'GUARD_KEY node'],
    ['a token', { node: 'ghp_0123456789abcdefghij0123456789abcdef' }, 'GUARD_KEY node'],
    ['a password in a URL', { node: 'https://user:secret@host/x' }, 'GUARD_URL_PASSWORD node'],
    ['an e-mail address', { node: 'someone@example.com' }, 'GUARD_E_MAIL node'],
    ['an address', { node: '10.6.1.20' }, 'GUARD_ADDRESS node'],
    ['a public address', { node: 'host-203.0.113.9' }, 'GUARD_ADDRESS node'],
    ['an address where a version belongs', { version: '192.168.3.4' }, 'GUARD_ADDRESS version'],
    ['an IPv6 address', { node: 'fd00::1:2' }, 'GUARD_ADDRESS node'],
    ['a MAC address', { version: '00:11:22:33:44:55' }, 'GUARD_MAC version'],
    ['a telephone number', { version: '13812345678' }, 'GUARD_PHONE version'],
    ['an identity number', { version: '11010519491231002x' }, 'GUARD_ID_NUMBER version'],
    ['half a text', '{"node', 'GUARD_UNREGISTERED ?'],
  ])('finds %s', (_what, payload, expected) => {
    expect(trip(payload)).toBe(expected);
  });

  it.each(['1.20.2', '7.0.4.9', '10.1.19.0', '5.10.0-153.12.0.92.oe2203sp2', '20231215', '1:2.3-4', '4.19.90-2112.8.0.0131.oe1', '19.3.0.0'])(
    'takes the version %s for one',
    (version) => {
      expect(trip({ version })).toBe('');
    },
  );

  it('does not take the release in a folder’s name for an address of the run', () => {
    const version = { agent: { version: '7.0.4.9_m4' } };
    for (const name of ['app-1/tongweb/opt/TongWeb7.0.4.9', '/opt/tongweb-7.0.4.9']) expect(trip(version, { liveNames: () => [name] })).toBe('');
    for (const name of ['7.0.4.9:6379', '7.0.4.9/redis/6379']) expect(trip(version, { liveNames: () => [name] })).toBe('GUARD_ADDRESS version');
  });

  it('lets the key of a setting through beside its instance’s pseudonym, and no other word', () => {
    const named = (name: string): string => trip({ findings: [{ scope: { kind: 'Setting', name } }] });
    const instance = pseudonyms().of('instance', 'prod/cache');
    expect(named(`${instance}#maxmemory-policy`)).toBe('');
    for (const name of [`${instance}#canary`, 'prod/cache#maxmemory-policy', `${instance}#`]) expect(named(name)).toMatch(/^GUARD_/);
  });

  it('knows an address from a release by what the run met', () => {
    expect(trip({ version: '10.6.1.20' }, { liveNames: () => ['10.6.1.20:6379'] })).toBe('GUARD_ADDRESS version');
    expect(trip({ version: '10.6.1.20' })).toBe('');
  });

  it('finds the words of the site in any case and width, also in names that the site opened', () => {
    const opened = { isOpened: () => true, words: ['工银', 'Acme'] };
    expect(trip({ node: '工银-web' }, opened)).toBe('GUARD_WORD node');
    expect(trip({ node: 'ＡＣＭＥ-web' }, opened)).toBe('GUARD_WORD node');
    expect(trip({ node: 'web' }, opened)).toBe('');
    expect(trip({ version: `1.2.${Buffer.from('acme').toString('hex')}` }, opened)).toBe('GUARD_WORD version');
  });

  it('does not take a name that the site opened for a leak, whatever it looks like, but a secret for one', () => {
    expect(trip({ node: '10.6.1.20' }, { isOpened: () => true })).toBe('');
    expect(trip({ node: 'x//user:pw@nas' }, { isOpened: () => true })).toBe('GUARD_URL_PASSWORD node');
    const { json } = seal({ ...outgoing, agent: { ...outgoing.agent, node: '10.6.1.20' } }, { pseudonyms: pseudonyms(), clearNames: new Set(NAME_KINDS) });
    expect(json).toContain('10.6.1.20');
  });

  it('stands between the encoder and the seal: a name that the encoder failed to turn is not sealed', () => {
    const broken = pseudonyms();
    broken.of = (_kind, name) => name;
    expect(() => seal({ ...outgoing, agent: { ...outgoing.agent, node: 'worker-7.bank' } }, { pseudonyms: broken, clearNames: new Set() })).toThrow(GuardTrippedError);
  });

  it('never lets a text pass under a key for names that is neither pseudonym nor well known, and never says what it was', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
        const said = trip({ node: `zq${text}` });
        expect(said).toMatch(/^GUARD_[A-Z_]+ node$/);
      }),
    );
  });
});
