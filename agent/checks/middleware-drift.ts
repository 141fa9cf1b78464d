/** Differing settings as findings: one per instance, with how many; key, old and new value stand in the section's rows. */
import type { Sections } from '../wire/section-values.ts';
import type { Violation } from './check.ts';

type Row = Sections['middlewareDrift']['rows'][number];

export function driftViolations(rows: readonly Row[], against: Row['against']): readonly Violation[] {
  const byInstance = Map.groupBy(
    rows.filter((row) => row.against === against),
    ({ instance }) => instance,
  );
  return [...byInstance].map(([name, own]) => ({ scope: { kind: 'Instance', name }, observed: new Set(own.map(({ key }) => key)).size, threshold: 0 }));
}
