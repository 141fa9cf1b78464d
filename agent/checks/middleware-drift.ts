/** Differing settings as findings: the key, the value now and the one that was meant. */

import type { Observed } from '../wire/inspection.ts';
import type { Sections } from '../wire/section-values.ts';
import { settingUnit } from '../wire/sections/middleware/product-settings.ts';
import type { SettingUnit } from '../wire/sections/middleware/settings.ts';
import { settingScope } from '../wire/setting-scope.ts';
import type { Violation } from './check.ts';

type Row = Sections['middlewareDrift']['rows'][number];
type SettingRow = Sections['middlewareSettings']['rows'][number];

/**
 * One finding for a key that all members of an instance moved in; where only some did, one for each of them, which names the member.
 * @param settings of all members, by which it is known who did not move
 */
export function driftViolations(rows: readonly Row[], settings: readonly SettingRow[], against: Row['against']): readonly Violation[] {
  const byKey = Map.groupBy(
    rows.filter((row) => row.against === against),
    (row) => nameOf(row),
  );
  const all = Map.groupBy(settings, (row) => nameOf(row));
  return [...byKey.entries()].flatMap(([name, moved]) => {
    const isWhole = moved.length >= (all.get(name)?.length ?? 0);
    return (isWhole ? moved.slice(0, 1) : moved).map((row) => {
      const unit = unitOf(row);
      return {
        scope: settingScope(row.instance, row.key, isWhole ? undefined : row.member),
        observed: valueNow(row),
        threshold: valueMeant(row),
        ...(unit !== undefined && { unit }),
      };
    });
  });
}
/** Of −1 and 0 products have a meaning of their own: those stand as they are. */
function unitOf({ key, number = 1, wasNumber = 1 }: Row): SettingUnit | undefined {
  return number < 0 || wasNumber < 0 ? undefined : settingUnit(key);
}
function nameOf({ instance, key }: Row | SettingRow): string {
  return settingScope(instance, key).name;
}
function valueNow({ number, flag, word, version }: Row): Observed | undefined {
  return number ?? flag ?? word ?? version;
}
function valueMeant({ wasNumber, wasFlag, wasWord, wasVersion }: Row): Observed | undefined {
  return wasNumber ?? wasFlag ?? wasWord ?? wasVersion;
}
