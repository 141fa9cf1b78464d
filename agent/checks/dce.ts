import type { Sections } from '../wire/section-values.ts';
import type { DceGeneration } from './lifecycle/kubernetes.ts';

/** Namespaces that every DaoCloud Enterprise 5 cluster has: the global one `ghippo-system`, its members `kpanda-system`. */
const FIVE: readonly string[] = ['ghippo-system', 'kpanda-system'];
/** Where DCE 4 kept its own pods; a cluster that version 5 took over may still have it. */
const FOUR = 'dce-system';

/** The generation of DaoCloud Enterprise that manages this cluster, by its namespaces; `undefined` when none does. */
export function dceGeneration(namespaces: Sections['namespaces']): DceGeneration | undefined {
  if (namespaces.rows.some(({ name }) => FIVE.includes(name))) return 5;
  return namespaces.rows.some(({ name }) => name === FOUR) ? 4 : undefined;
}
