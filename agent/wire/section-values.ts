/** Types of all sections by name; derived from the registry, so a field exists in one place only. */
import type { SECTIONS } from './registry.ts';
import type { SectionValue } from './section.ts';

type Registry = typeof SECTIONS;
export type SectionName = keyof Registry;
/** Every section's value by name. */
export type Sections = { readonly [N in SectionName]: SectionValue<Registry[N]> };
/** What a run has: any subset. */
export type SomeSections = { readonly [N in SectionName]?: Sections[N] | undefined };
