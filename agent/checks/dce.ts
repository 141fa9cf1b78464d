import type { Sections } from '../wire/section-values.ts';

/** Namespaces that every DaoCloud Enterprise 5 cluster has: the global one `ghippo-system`, its members `kpanda-system`. */
const DCE_NAMESPACES: readonly string[] = ['ghippo-system', 'kpanda-system'];

/** Whether DaoCloud Enterprise 5 manages this cluster. */
export function isDce(namespaces: Sections['namespaces']): boolean {
  return namespaces.rows.some(({ name }) => DCE_NAMESPACES.includes(name));
}
