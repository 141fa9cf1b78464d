/** Differing settings as findings: one per instance and key, with the value now and the one that was meant. */

import type { Observed } from '../wire/inspection.ts';
import type { Sections } from '../wire/section-values.ts';
import { settingScope } from '../wire/setting-scope.ts';
import type { Violation } from './check.ts';

type Row = Sections['middlewareDrift']['rows'][number];

/** Where several members differ in one key, the first of them speaks; the section has all. */
export function driftViolations(rows: readonly Row[], against: Row['against']): readonly Violation[] {
  const byKey = Map.groupBy(
    rows.filter((row) => row.against === against),
    ({ instance, key }) => settingScope(instance, key).name,
  );
  return [...byKey.values()].flatMap(([row]) => (row ? [{ scope: settingScope(row.instance, row.key), observed: valueNow(row), threshold: valueMeant(row) }] : []));
}
function valueNow({ number, flag, word, version }: Row): Observed | undefined {
  return number ?? flag ?? word ?? version;
}
function valueMeant({ wasNumber, wasFlag, wasWord, wasVersion }: Row): Observed | undefined {
  return wasNumber ?? wasFlag ?? wasWord ?? wasVersion;
}
