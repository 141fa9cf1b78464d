import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heartbeatSchema, payloadSchema, signalsSchema } from '../../../agent/wire/schema.ts';
import { conforming } from '../../../collector/ingest/contract.ts';
import { diskFinding, heartbeat, inspection, NOW, signals } from '../../support/payloads.ts';

const signal = {
  ...diskFinding(),
  state: 'firing',
  since: NOW / 1_000,
  at: NOW / 1_000,
  flapping: false,
  maintenance: false,
  parent: { check: 'disk-space-low', scope: diskFinding().scope },
} as const;
const PAYLOADS = [
  { kind: 'inspection', json: inspection({ findings: [diskFinding()] }).json, schema: payloadSchema() },
  { kind: 'inspection', json: inspection({ role: 'cluster', epoch: 2 }).json, schema: payloadSchema() },
  { kind: 'signals', json: signals([signal]).json, schema: signalsSchema() },
  { kind: 'heartbeat', json: heartbeat({ outbox: { items: 1, bytes: 2, oldestAgeSeconds: 3, dropped: { 'too-old': 4 } } }).json, schema: heartbeatSchema() },
] as const;

const strange = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  -1,
  1.5,
  1e300,
  Number.MAX_SAFE_INTEGER + 2,
  Number.POSITIVE_INFINITY,
  '',
  'x',
  'node~aaaaaaaaaaaaaaaaaaaa',
  'x'.repeat(300),
  '1.2.3',
  [],
  [1],
  {},
  { a: 1 },
);

/** Changes one place, chosen by `path`, in the way that `how` says. */
function mutate(value: unknown, path: readonly number[], how: string, by: unknown): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value);
  const [step, ...rest] = path;
  const chosen = step === undefined ? undefined : entries[step % Math.max(1, entries.length)];
  if (chosen === undefined || rest.length === 0) {
    if (Array.isArray(value)) return how === 'add' ? [...value, by] : by;
    if (how === 'add') return { ...value, unknown: by };
    if (how === 'remove' && chosen) return Object.fromEntries(entries.filter(([key]) => key !== chosen[0]));
    return chosen ? { ...value, [chosen[0]]: by } : by;
  }
  const changed = mutate(chosen[1], rest, how, by);
  return Array.isArray(value) ? value.map((one: unknown, index) => (index === Number(chosen[0]) ? changed : one)) : { ...value, [chosen[0]]: changed };
}

describe('the contract', () => {
  it('accepts what the encoder writes', () => {
    for (const { kind, json } of PAYLOADS) expect(conforming(kind, JSON.parse(json))?.kind).toBe(kind);
  });

  it('answers exactly as the zod schema does, for payloads changed in any place', () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYLOADS),
        fc.array(fc.nat(400), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('add', 'remove', 'replace'),
        strange,
        ({ kind, json, schema }, path, how, by) => {
          const changed = mutate(JSON.parse(json), path, how, by);
          const wanted = schema.safeParse(changed).success;
          refused += wanted ? 0 : 1;
          expect(conforming(kind, changed) !== undefined, JSON.stringify([path, how, by])).toBe(wanted);
        },
      ),
      { numRuns: 600 },
    );
    expect(refused).toBeGreaterThan(200);
  });

  it('lets names be clear only where the site declares it', () => {
    const payload = JSON.parse(inspection().json) as Record<string, unknown>;
    const clear = { ...payload, agent: { role: 'node', version: '0.2.0', epoch: 0, node: 'web-1.example.com' } };
    expect(conforming('inspection', clear)).toBeUndefined();
    expect(conforming('inspection', { ...clear, clearNames: ['node'] })?.kind).toBe('inspection');
    expect(conforming('inspection', { ...clear, clearNames: ['pod'] })).toBeUndefined();
    expect(conforming('inspection', { ...clear, clearNames: ['everything'] })).toBeUndefined();
    expect(conforming('inspection', null)).toBeUndefined();
  });
});
