/** All members of all enums in the registry, and the words of the checks' own tables: the only words that may stand as an observed value. */
import type { Field } from './fields.ts';
import { SECTIONS } from './registry.ts';
import type { SectionDefinition } from './section.ts';

/** Said by checks of what no section holds: tables of lifecycles and advisories. */
const WORDS_OF_TABLES = ['score-unverified'] as const;

let words: ReadonlySet<string> | undefined;
export function registryWords(): ReadonlySet<string> {
  words ??= new Set<string>([...WORDS_OF_TABLES, ...Object.values(SECTIONS).flatMap((section: SectionDefinition) => Object.values(section.fields).flatMap(wordsOf))]);
  return words;
}
function wordsOf(field: Field): readonly string[] {
  if (field.type === 'enum' || field.type === 'enum-set') return field.values;
  if (field.type === 'map') return field.keys;
  if (field.type === 'list') return Object.values(field.row).flatMap(wordsOf);
  return [];
}
