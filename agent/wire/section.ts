import type { Fields, RowOf } from './fields.ts';
import type { Domain, Group, Text } from './vocabulary.ts';

/** One section of a snapshot: what a single gatherer delivers. */
export interface SectionDefinition<Id extends string = string, F extends Fields = Fields> {
  readonly id: Id;
  readonly domain: Domain;
  /** The opt-out group that the whole section belongs to. */
  readonly group: Group;
  readonly purpose: Text;
  readonly fields: F;
}

export function defineSection<const Id extends string, const F extends Fields>(definition: SectionDefinition<Id, F>): SectionDefinition<Id, F> {
  return definition;
}

/** The value that a section definition describes, names still clear. */
export type SectionValue<D> = D extends SectionDefinition<string, infer F> ? RowOf<F> : never;
