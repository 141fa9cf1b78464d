/** Settings that moved away from what was approved, and settings in which the members of one instance differ. Pure. */

import { matchesGlob } from '../../checks/settings.ts';
import type { ApprovedSettings } from '../../middleware/declaration.ts';
import type { Sections } from '../../wire/section-values.ts';
import { type SettingRow, settingRows } from './setting-values.ts';

type Drift = Sections['middlewareDrift'];
type DriftRow = Drift['rows'][number];
/** What was approved, by instance; kept at the site. */
export interface Baseline {
  /** Unix seconds. */
  readonly approvedAt: number;
  readonly settings: readonly SettingRow[];
}
export type Baselines = Readonly<Record<string, Baseline>>;

/** Only instances whose settings were read are compared: nothing is said about the others. */
export function driftOf(settings: readonly SettingRow[], baselines: Baselines, configured: readonly ApprovedSettings[] = []): Omit<Drift, 'dropped'> {
  const rows: DriftRow[] = [];
  const approved: Drift['approved'][number][] = [];
  for (const [instance, own] of Map.groupBy(settings, (row) => row.instance)) {
    rows.push(...betweenMembers(own));
    const baseline = Object.hasOwn(baselines, instance) ? baselines[instance] : undefined;
    const meant = own.map((row) => configuredFor(row, configured));
    const fromFile = meant.filter((row) => row !== undefined);
    const kept = baseline?.settings ?? [];
    if (!baseline && fromFile.length === 0) continue;
    approved.push({ instance, approvedAt: baseline?.approvedAt, settings: new Set([...kept, ...fromFile].map(keyOf)).size });
    rows.push(...fromBaseline(own, kept, meant));
  }
  return { approved, rows };
}

/** What the configuration approves for one setting; of several that fit, the last, as in a file where details follow the general. */
function configuredFor(row: SettingRow, configured: readonly ApprovedSettings[]): SettingRow | undefined {
  const { instance, product, member, key } = row;
  const fits = configured.findLast(
    (one) =>
      one.product === product &&
      Object.hasOwn(one.settings, key) &&
      (one.instance === undefined || matchesGlob(one.instance, instance)) &&
      (one.member === undefined || (member !== undefined && matchesGlob(one.member, member))),
  );
  return fits && settingRows(instance, product, [{ member, key, value: fits.settings[key] }])[0];
}

/** @param meant what the configuration approves for each of `now`; it goes before what was approved as of a day */
function fromBaseline(now: readonly SettingRow[], approved: readonly SettingRow[], meant: readonly (SettingRow | undefined)[]): DriftRow[] {
  const was = new Map(approved.map((row) => [keyOf(row), row]));
  const groups = approved.filter(({ member }) => isGroup(member));
  // A member that is new has the value that the others were approved with.
  const ofAny = new Map(approved.filter(({ member }) => !isGroup(member)).map((row) => [row.key, row]));
  const ofGroup = ({ key, member }: SettingRow): SettingRow | undefined =>
    groups.find((group) => group.key === key && member !== undefined && group.member !== undefined && matchesGlob(group.member, member));
  return now.flatMap((row, index) => {
    const before = meant[index] ?? was.get(keyOf(row)) ?? ofGroup(row) ?? ofAny.get(row.key);
    return before === undefined || sameValue(before) === sameValue(row) ? [] : [driftRow(row, before, 'baseline')];
  });
}

/** The value that most members have is held for the meant one; with a tie, that of the first member. */
function betweenMembers(settings: readonly SettingRow[]): DriftRow[] {
  const rows: DriftRow[] = [];
  for (const [, same] of Map.groupBy(
    settings.filter(({ member }) => member !== undefined),
    ({ key }) => key,
  )) {
    const byValue = [...Map.groupBy(same, sameValue).values()].sort((a, b) => b.length - a.length);
    const meant = byValue[0]?.[0];
    if (meant === undefined) continue;
    for (const row of byValue.slice(1).flat()) rows.push(driftRow(row, meant, 'members'));
  }
  return rows;
}

function driftRow(now: SettingRow, was: SettingRow, against: DriftRow['against']): DriftRow {
  return {
    ...now,
    against,
    ...(was.number !== undefined && { wasNumber: was.number }),
    ...(was.flag !== undefined && { wasFlag: was.flag }),
    ...(was.word !== undefined && { wasWord: was.word }),
    ...(was.version !== undefined && { wasVersion: was.version }),
  };
}
/** A baseline of a group of members has a glob in place of their names. */
export function isGroup(member: string | undefined): boolean {
  return member !== undefined && /[*?]/.test(member);
}
function keyOf({ key, member }: SettingRow): string {
  return `${member ?? ''}|${key}`;
}
function sameValue({ number, flag, word, version }: SettingRow): string {
  return JSON.stringify([number, flag, word, version]);
}
