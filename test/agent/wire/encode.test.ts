import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import { conform } from '../../../agent/wire/conform.ts';
import { MOST_FINDINGS, type Outgoing, seal } from '../../../agent/wire/encode.ts';
import { canonical, RefusedError } from '../../../agent/wire/encode-values.ts';
import { encodedFields } from '../../../agent/wire/explain.ts';
import type { Field, Fields } from '../../../agent/wire/fields.ts';
import { PSEUDONYM, Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import { SECTIONS } from '../../../agent/wire/registry.ts';
import { payloadSchema } from '../../../agent/wire/schema.ts';
import type { SectionDefinition } from '../../../agent/wire/section.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { NAME_KINDS } from '../../../agent/wire/vocabulary.ts';
import { isWellKnown } from '../../../agent/wire/well-known.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';

const boundary = (clear: readonly (typeof NAME_KINDS)[number][] = []) => ({ pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set(clear) });
const outgoing = (over: Partial<Outgoing> = {}): Outgoing => ({
  agent: { role: 'inspect', version: '0.1.0', epoch: 0 },
  takenAt: 1_795_305_600,
  sections: HEALTHY,
  gatherers: [],
  verdicts: [],
  findings: [],
  ...over,
});

/** Values that a field may have, names being hostile texts. */
function valuesOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'gauge':
      return fc.double({ min: field.min, max: Math.min(field.max, 1e12), noNaN: true });
    case 'counter':
      return fc.nat();
    case 'timestamp':
      return fc.integer({ min: 0, max: 4_000_000_000 });
    case 'bool':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...field.values);
    case 'enum-set':
      return fc.subarray([...field.values]);
    case 'version':
      return fc.constantFrom('1.2.3', '5.10.0-153.oe2203sp2.x86', 'v1.20.2', '7');
    case 'name':
      return fc.string({ minLength: 1, maxLength: 60, unit: 'binary' });
    case 'map':
      return fc.dictionary(fc.constantFrom(...field.keys), fc.double({ min: field.min, max: Math.min(field.max, 1e9), noNaN: true }), { noNullPrototype: true });
    case 'list':
      return fc.array(rowOf(field.row), { maxLength: 3 });
  }
}
function rowOf(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(fields);
  return fc.record(Object.fromEntries(entries.map(([key, field]) => [key, valuesOf(field)])), {
    requiredKeys: entries.filter(([, field]) => !('optional' in field)).map(([key]) => key),
    noNullPrototype: true,
  });
}

describe('seal', () => {
  it('makes what the collector accepts, of anything that conforms', () => {
    const schema = payloadSchema();
    for (const definition of Object.values(SECTIONS) as SectionDefinition[]) {
      fc.assert(
        fc.property(rowOf(definition.fields), (row) => {
          const { value } = conform(definition, row);
          const { json } = seal(outgoing({ sections: { [definition.id]: value } as SomeSections }), boundary());
          const result = schema.safeParse(JSON.parse(json));
          expect(result.success, result.success ? '' : `${definition.id}: ${JSON.stringify(result.error.issues[0])}`).toBe(true);
        }),
        { numRuns: 15 },
      );
    }
  });
  it('refuses an unknown section, an unknown field at any depth, a value outside its type, and a text where none may be', () => {
    const cpu = HEALTHY.cpu;
    const refused = (sections: object): void => expect(() => seal(outgoing({ sections: sections as SomeSections }), boundary())).toThrow(RefusedError);
    refused({ secrets: {} });
    refused({ __proto__x: {} });
    refused({ cpu: { ...cpu, note: 'free text' } });
    refused({ cpu: { ...cpu, cores: 'eight' } });
    refused({ cpu: { ...cpu, busyPercent: 101 } });
    refused({ cpu: { ...cpu, busyPercent: Number.NaN } });
    refused({ cpu: {} });
  });
  it('never quotes the refused value', () => {
    try {
      seal(outgoing({ sections: { cpu: { ...HEALTHY.cpu, CANARY: 'CANARY' } } as SomeSections }), boundary());
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('CANARY');
    }
  });
  it('turns every name into a pseudonym of its kind unless it is well known or declared clear', () => {
    const finding = { check: CHECKS[0]?.id ?? '', area: CHECKS[0]?.area ?? 'os', severity: 'info', unit: 'count' } as const;
    const findings = [
      { ...finding, scope: { kind: 'Deployment', namespace: 'bank', name: 'ledger', node: 'db-1' } },
      { ...finding, scope: { kind: 'Deployment', namespace: 'kube-system', name: 'coredns' } },
    ] as const;
    const read = (clear: readonly (typeof NAME_KINDS)[number][]) =>
      (JSON.parse(seal(outgoing({ sections: {}, findings }), boundary(clear)).json) as { findings: { scope: Record<string, string> }[] }).findings.map(({ scope }) => scope);
    const [first, second] = read([]);
    expect(first?.['namespace']).toMatch(/^namespace~[a-z2-7]{20}$/);
    expect(first?.['name']).toMatch(/^workload~/);
    expect(first?.['node']).toMatch(/^node~/);
    expect(second).toEqual({ kind: 'Deployment', namespace: 'kube-system', name: 'coredns' });
    expect(read(['namespace'])[0]).toMatchObject({ namespace: 'bank', name: expect.stringMatching(PSEUDONYM) as string });
  });
  it('keeps an observed word only when the registry has it', () => {
    const base = { check: CHECKS[0]?.id ?? '', area: CHECKS[0]?.area ?? 'os', severity: 'info', unit: 'value', scope: { kind: 'Cluster', name: 'x' } } as const;
    const { json } = seal(
      outgoing({
        sections: {},
        findings: [
          { ...base, observed: 'some words of the customer' },
          { ...base, observed: '1.20.2' },
          { ...base, observed: Number.NaN },
        ],
      }),
      boundary(),
    );
    expect((JSON.parse(json) as { findings: { observed?: unknown }[] }).findings.map(({ observed }) => observed)).toEqual([undefined, '1.20.2', undefined]);
  });
  it('is canonical: the same content has the same bytes, whatever the order of keys', () => {
    const cpu = HEALTHY.cpu;
    const reversed = Object.fromEntries(Object.entries(cpu ?? {}).toReversed());
    expect(seal(outgoing({ sections: { cpu } }), boundary()).sha256).toBe(seal(outgoing({ sections: { cpu: reversed } as SomeSections }), boundary()).sha256);
    expect(canonical({ b: [{ d: 1, c: 2 }], a: 0 })).toBe('{"a":0,"b":[{"c":2,"d":1}]}');
  });
  it('cuts findings at the cap and says how many', () => {
    const finding = { check: CHECKS[0]?.id ?? '', area: CHECKS[0]?.area ?? 'os', severity: 'info', unit: 'count', scope: { kind: 'Cluster', name: 'x' } } as const;
    const verdicts = CHECKS.slice(0, 2).map(({ id, area, severity }) => ({ check: id, area, severity, verdict: 'fail' }) as const);
    const { json } = seal(outgoing({ sections: {}, verdicts, findings: Array.from({ length: MOST_FINDINGS + 3 }, () => finding) }), boundary());
    expect(JSON.parse(json)).toMatchObject({ findingsCut: 3, verdicts: [{ atLeast: true }, {}] });
    expect((JSON.parse(json) as { verdicts: object[] }).verdicts[1]).not.toHaveProperty('atLeast');
    expect(payloadSchema().safeParse(JSON.parse(json)).error).toBeUndefined();
  });
  it('explains every leaf with a purpose in both languages', () => {
    const fields = [...encodedFields(seal(outgoing(), boundary()))];
    expect(fields.length).toBeGreaterThan(200);
    for (const { purpose, path } of fields) expect(purpose.zh.length * purpose.en.length, path).toBeGreaterThan(0);
  });
});

describe('the registry', () => {
  const sections = Object.values(SECTIONS) as SectionDefinition[];
  const scalars = (fields: Fields): Field[] => Object.values(fields).flatMap((field) => (field.type === 'list' ? [field, ...scalars(field.row)] : [field]));

  it('keeps every section under its own id, with purposes in both languages', () => {
    for (const [id, section] of Object.entries(SECTIONS)) expect(section.id).toBe(id);
    for (const { id, purpose, fields } of sections) {
      for (const text of [purpose, ...scalars(fields).map((field) => field.purpose)]) {
        expect(text.zh, id).toMatch(/\p{Script=Han}/u);
        expect(text.en.length, id).toBeGreaterThan(2);
      }
    }
  });
  it('has no type for free text and bounds every list and enum', () => {
    const types = new Set(['gauge', 'counter', 'bool', 'enum', 'enum-set', 'version', 'timestamp', 'name', 'list', 'map']);
    for (const field of sections.flatMap(({ fields }) => scalars(fields))) {
      expect(types).toContain(field.type);
      if (field.type === 'list') expect(field.cap).toBeLessThanOrEqual(10_000);
      if (field.type === 'enum') for (const value of field.values) expect(value.length).toBeLessThanOrEqual(64);
    }
  });
});

describe('well-known names', () => {
  it.each([
    ['crd', 'acmebank.cilium.io', 'ciliumnodes.cilium.io'],
    ['api-service', 'v1.acmebank.k8s.io', 'v1.networking.k8s.io'],
    ['rbac', 'system:controller:acmebank-controller', 'system:controller:job-controller'],
    ['unit', 'systemd-acmebank.service', 'systemd-journald.service'],
  ] as const)('%s leave no room for a word that somebody chose: %s', (kind, chosen, known) => {
    expect([isWellKnown(kind, chosen), isWellKnown(kind, known)]).toEqual([false, true]);
  });
  it('are not whatever a customer might choose', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAME_KINDS), fc.string({ minLength: 9, maxLength: 40 }), (kind, name) => !isWellKnown(kind, `zz${name}`)),
      { numRuns: 500 },
    );
    for (const kind of NAME_KINDS)
      for (const hostile of ['acme-bank', 'eth0; rm', 'v1.acme.bank', 'system:acme-bank-controllers x', 'eth0\nacme', ''])
        expect(isWellKnown(kind, hostile), `${kind} ${hostile}`).toBe(false);
  });
});
