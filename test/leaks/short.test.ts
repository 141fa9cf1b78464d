/** The leak suite's short form, part of `npm test`: what an error says, what a field outside the registry meets, and that the table is published. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import { GATHERERS } from '../../agent/gatherers/index.ts';
import type { Sources } from '../../agent/gatherers/run.ts';
import { type Inspection, inspect } from '../../agent/inspection.ts';
import { errorFields } from '../../agent/runtime/error-fields.ts';
import { seal } from '../../agent/wire/encode.ts';
import { brand, canonical, RefusedError } from '../../agent/wire/encode-values.ts';
import { GuardTrippedError } from '../../agent/wire/guard.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { payloadSchema } from '../../agent/wire/schema.ts';
import { HEALTHY } from '../fixtures/healthy/index.ts';
import { Evidence } from './evidence.ts';
import { PLACES } from './places.ts';

const WORD = 'quaggacanary';
const NOW = 1_795_305_600;
const boundary = () => ({ pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set<never>() });

async function inspected(thrown: () => unknown): Promise<Inspection> {
  const gatherers = GATHERERS.map((one) => ({
    ...one,
    gather: () => {
      throw thrown();
    },
  }));
  // Never read: every gatherer throws before.
  const sources = { host: {}, cluster: {} } as Sources;
  return await inspect({ gatherers, checks: CHECKS, sources, hostName: `${WORD}-host`, signal: AbortSignal.timeout(60_000), now: () => NOW, clock: () => performance.now() });
}

describe('an error that holds a word of the site', () => {
  it.each([
    ['in its message', () => new Error(`${WORD}: /etc/${WORD} "${WORD}"`)],
    ['in its code, name and path', () => Object.assign(new Error(WORD), { code: WORD.toUpperCase(), name: WORD, path: `/${WORD}`, syscall: WORD })],
    ['in its cause', () => new Error('x', { cause: new Error(WORD) })],
    ['and is no error at all', () => ({ words: WORD, [WORD]: WORD })],
  ])('%s: thrown by each gatherer, leaves nothing of it', async (_what, thrown) => {
    const { takenAt, sections, gatherers, verdicts, findings } = await inspected(thrown);
    expect(gatherers.filter(({ status }) => status === 'failed').length).toBe(GATHERERS.length);
    const payload = seal({ agent: { role: 'host', version: '0.1.0', epoch: 0, node: `${WORD}-host` }, takenAt, sections, gatherers, verdicts, findings }, boundary());
    const evidence = new Evidence(WORD, [`${WORD}-host`]);
    evidence.search('wire bytes', 'payload', payload.json);
    expect(evidence.found).toEqual([]);
    expect(payload.json).toContain('"node":"node~');
  });

  it('says its kind in logs, never its message', () => {
    const evidence = new Evidence(WORD);
    evidence.search('agent output', 'log', JSON.stringify(errorFields(new Error(WORD))));
    evidence.search('agent output', 'log', JSON.stringify(errorFields(Object.assign(new Error(WORD), { path: WORD, code: `x ${WORD}` }))));
    expect(evidence.found).toEqual([]);
  });
});

describe('a field that somebody adds outside the registry', () => {
  const outgoing = { agent: { role: 'host', version: '0.1.0', epoch: 0 }, takenAt: NOW, sections: HEALTHY, gatherers: [], verdicts: [], findings: [] } as const;
  const [id = '', section = {}] = Object.entries(HEALTHY)[0] ?? [];
  const mutants: readonly (readonly [string, object])[] = [
    ['a field of a section', { ...HEALTHY, [id]: { ...section, hostLabel: WORD } }],
    ['a section', { ...HEALTHY, labels: { rows: [] } }],
    ['a number', { ...HEALTHY, [id]: { ...section, serial: 7 } }],
  ];
  it.each(mutants)('%s: the encoder refuses it', (_what, sections) => {
    expect(() => seal({ ...outgoing, sections: sections as typeof HEALTHY }, boundary())).toThrow(RefusedError);
  });
  it.each(mutants)('%s, past the encoder: the guard blocks it, and the collector would refuse it', (_what, sections) => {
    const { json } = seal(outgoing, boundary());
    const payload = { ...(JSON.parse(json) as object), sections };
    expect(() => brand(payload, boundary())).toThrow(GuardTrippedError);
    expect(payloadSchema().safeParse(JSON.parse(canonical(payload))).success).toBe(false);
  });
  it.each(['agent', 'note'])('beside the sections, under "%s": blocked', (key) => {
    const { json } = seal(outgoing, boundary());
    expect(() => brand({ ...(JSON.parse(json) as object), [key]: { text: WORD } }, boundary())).toThrow(GuardTrippedError);
  });
});

describe('the search', () => {
  it('finds the word in what is compressed, wide, turned or hashed', async () => {
    const { gzipSync, zstdCompressSync, deflateSync } = await import('node:zlib');
    const { zipSync } = await import('fflate');
    const text = Buffer.from(`x ${WORD} y`);
    const forms: readonly (string | Uint8Array)[] = [
      ...[text, gzipSync(text), zstdCompressSync(text), deflateSync(text), Buffer.concat([Buffer.from('head'), gzipSync(text)]), zipSync({ 'a.xml': text })],
      ...[Buffer.from(WORD, 'utf16le'), Buffer.from(WORD, 'utf16le').swap16(), text.toString('base64'), text.toString('hex'), encodeURIComponent(`${WORD}/`)],
    ];
    for (const [index, form] of forms.entries()) {
      const evidence = new Evidence(WORD);
      evidence.search('outbox', 'form', form);
      expect([index, evidence.found.length > 0]).toEqual([index, true]);
    }
  });
  it('is published with every place that is searched', () => {
    const text = readFileSync(join(import.meta.dirname, '../../SECURITY.md'), 'utf8');
    expect(PLACES.filter((place) => !text.includes(`| ${place} |`))).toEqual([]);
  });
});
