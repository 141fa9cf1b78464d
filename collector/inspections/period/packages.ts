/** Versions of packages over all machines: which machines have which. Pure. */
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Fact, Rows } from '../../../reports/facts/fact.ts';
import type { PackageVersions } from '../../../reports/facts/middleware.ts';
import { compare } from './inspected.ts';

/** A package in so many versions is told by the most common ones. */
const MOST_ROWS = 2_000;

export function packagesOf(machines: readonly { readonly machine: string; readonly sections: SomeSections }[]): Fact<Rows<PackageVersions>> {
  const told = machines.filter(({ sections }) => sections.packages !== undefined);
  if (told.length === 0) return { missing: 'not-gathered' };
  const rows = new Map<string, { readonly name: string; readonly version: string | undefined; readonly nodes: string[] }>();
  for (const { machine, sections } of told)
    for (const { name, version } of sections.packages?.rows ?? []) {
      const key = `${name} ${version ?? ''}`;
      const row = rows.get(key) ?? { name, version, nodes: [] };
      row.nodes.push(machine);
      rows.set(key, row);
    }
  const sorted = [...rows.values()].toSorted(
    (one, other) => compare(one.name, other.name) || other.nodes.length - one.nodes.length || compare(one.version ?? '', other.version ?? ''),
  );
  return { value: { rows: sorted.slice(0, MOST_ROWS), total: sorted.length } };
}
