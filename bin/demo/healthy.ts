/** What a healthy machine, cluster and middleware would have told, moved to a moment: the demo's troubles are changes to it. */
import type { Fields } from '../../agent/wire/fields.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionName, Sections } from '../../agent/wire/section-values.ts';
import type { Domain } from '../../agent/wire/vocabulary.ts';
import healthy from './healthy.json' with { type: 'json' };

/** Sections while a trouble changes them; plain data of the right shapes. */
export type Draft = { -readonly [N in keyof Sections]?: Mutable<Sections[N]> };
type Mutable<T> = T extends readonly (infer R)[] ? Mutable<R>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** The healthy sections of a domain, every time in them moved to the moment. @param at Unix seconds */
export function healthyAt(at: number, domain: Domain): Draft {
  const shift = Math.floor(at) - healthy.takenAt;
  const moved: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(healthy.sections)) {
    const definition = SECTIONS[id as SectionName];
    if (definition.domain === domain) moved[id] = moveTimes(definition.fields, value as Record<string, unknown>, shift);
  }
  return moved as Draft; // shapes are those of the registry: a test seals every moment
}

function moveTimes(fields: Fields, row: Readonly<Record<string, unknown>>, shift: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) {
    const field = fields[key];
    if (field?.type === 'timestamp' && typeof value === 'number') out[key] = value + shift;
    else if (field?.type === 'list') out[key] = (value as Record<string, unknown>[]).map((inner) => moveTimes(field.row, inner, shift));
    else out[key] = structuredClone(value);
  }
  return out;
}
