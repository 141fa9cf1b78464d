/** Namespaces that the site's own people fill: those of the platform come with their product. */
import type { Sections } from '../wire/section-values.ts';

type Row = Sections['namespaces']['rows'][number];

/** Active namespaces of tenants; `default` is nobody's. */
export function tenantNamespaces({ rows }: Sections['namespaces']): readonly Row[] {
  return rows.filter(({ name, system, phase }) => !system && phase === 'Active' && name !== 'default');
}
