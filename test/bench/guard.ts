/** What encoding, the guard and the seal cost for a large cluster, beside the gathering that `benchCluster` measures. */
import { seal } from '../../agent/wire/encode.ts';
import { assertClean } from '../../agent/wire/guard.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionDefinition } from '../../agent/wire/section.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import { HEALTHY } from '../fixtures/healthy/index.ts';
import { median } from './measure.ts';

const ROUNDS = 5;

/** Every list filled with rows of different names, `rows` at most. */
export function benchGuard(rows: number): void {
  const sections = Object.fromEntries(Object.entries(HEALTHY).map(([id, value]) => [id, filled(SECTIONS[id as keyof typeof SECTIONS], value, rows)])) as SomeSections;
  const seals: number[] = [];
  const guards: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const pseudonyms = new Pseudonyms(new Uint8Array(32).fill(turn + 1));
    const began = performance.now();
    const { json } = seal(
      { agent: { role: 'cluster', version: '0.1.0', epoch: 0 }, takenAt: 1_795_305_600, sections, gatherers: [], verdicts: [], findings: [] },
      { pseudonyms, clearNames: new Set(), words: ['工银', 'acme'] },
    );
    seals.push(performance.now() - began);
    const guarded = performance.now();
    assertClean(json, { liveNames: () => pseudonyms.names(), isOpened: () => false, words: ['工银', 'acme'] });
    guards.push(performance.now() - guarded);
    bytes = json.length;
  }
  console.log(
    `a payload of ${(bytes / 1e6).toFixed(1)} MB (lists of ${rows} rows): encoder, guard and digest ${median(seals).toFixed(0)} ms, of it the guard ${median(guards).toFixed(0)} ms, median of ${ROUNDS}`,
  );
}

function filled(definition: SectionDefinition, value: unknown, rows: number): unknown {
  const section = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(section).map(([key, inner]) => {
      const field = definition.fields[key];
      if (field?.type !== 'list' || !Array.isArray(inner) || inner.length === 0) return [key, inner];
      const names = Object.entries(field.row).flatMap(([name, one]) => (one.type === 'name' ? [name] : []));
      return [
        key,
        Array.from({ length: Math.min(rows, field.cap) }, (_, index) => ({
          ...(inner[index % inner.length] as object),
          ...Object.fromEntries(names.map((name) => [name, `${name}-${index}`])),
        })),
      ];
    }),
  );
}
