/**
 * `xunjian baseline approve`: the settings of middleware as they are now become what later inspections compare with. With `--print`
 * they are printed for the configuration file instead: that is how agents in a cluster are told.
 */
import { stringify } from 'yaml';
import { matchesGlob } from '../../agent/checks/settings.ts';
import { isGroup } from '../../agent/gatherers/middleware/drift.ts';
import type { ApprovedSettings } from '../../agent/middleware/declaration.ts';
import { approveBaselines, readBaselines } from '../../agent/site/baselines.ts';
import type { Sections } from '../../agent/wire/section-values.ts';
import type { Reach } from '../../agent/wire/sections/middleware/products.ts';
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { inspectionOptions } from '../inspection-options.ts';
import { stateDirectory } from '../state-directory.ts';
import { INSPECTION_OPTIONS, parseOptions } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';

const OPTIONS = { ...INSPECTION_OPTIONS, instance: { type: 'string', multiple: true }, member: { type: 'string' }, print: { type: 'boolean' } } as const;

type SettingRow = Sections['middlewareSettings']['rows'][number];

/** Why there is nothing to approve of an instance; what was approved before stays as it was. */
function whyNothing(reach: Reach | undefined): Text {
  if (reach === undefined) return { zh: '：没有这个实例，用 `xunjian middleware` 查看全部实例', en: ': there is no such instance; `xunjian middleware` lists them' };
  if (reach === 'blackout')
    return {
      zh: '：处于配置中禁止巡检的时段（blackout），没有连接，基线未改动；请在时段之外再批准',
      en: ': within a blackout of the configuration: it was not connected to and its baseline is unchanged; approve again outside of it',
    };
  return { zh: '：没有读到配置，基线未改动；用 `xunjian middleware` 查看原因', en: ': no settings were read, its baseline is unchanged; see why with `xunjian middleware`' };
}
const NOTHING_APPROVED: Text = { zh: '没有批准任何配置。', en: 'Nothing was approved.' };

/** What all members have alike once, the rest by member. */
function approvalsOf(instance: string, rows: readonly SettingRow[]): ApprovedSettings[] {
  const alike: Record<string, Value> = {};
  const byMember = new Map<string, Record<string, Value>>();
  const [first] = rows;
  if (!first) return [];
  for (const [key, own] of Map.groupBy(rows, (row) => row.key)) {
    const values = own.map((row) => approvedValue(row));
    if (values[0] !== undefined && values.every((value) => value === values[0])) alike[key] = values[0];
    else
      for (const row of own) {
        const value = approvedValue(row);
        if (value !== undefined && row.member !== undefined) byMember.set(row.member, { ...byMember.get(row.member), [key]: value });
      }
  }
  const { product } = first;
  return [{ product, instance, settings: alike }, ...[...byMember].map(([member, settings]) => ({ product, instance, member, settings }))];
}
type Value = ApprovedSettings['settings'][string];
/** `other` and `unset` are no values of a product: nothing is approved with them. */
function approvedValue({ number, flag, word, version }: SettingRow): Value | undefined {
  return number ?? flag ?? (word === 'other' || word === 'unset' ? undefined : word) ?? version;
}

export async function approveCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { locale } = context;
  const values = parseOptions(args, OPTIONS);
  const { runInspection } = await import('../run-inspection.ts');
  const finished = await runInspection(
    { ...inspectionOptions(values, context), onlyMiddleware: true, quiet: values.quiet ?? true },
    context.environment,
    context.complain,
    context.signal,
  );
  const settings = finished?.inspection.sections.middlewareSettings?.rows ?? [];
  const byInstance = Map.groupBy(settings, ({ instance }) => instance);
  const wanted = values.instance ?? [...byInstance.keys()];
  const missing = wanted.filter((instance) => !byInstance.has(instance));
  const found = finished?.inspection.sections.middleware?.rows ?? [];
  const unread = new Set([
    ...missing,
    ...(values.instance ? [] : found.filter(({ reach, instance }) => reach === 'blackout' && !byInstance.has(instance)).map((row) => row.instance)),
  ]);
  for (const instance of unread) context.complain(`${instance}${whyNothing(found.find((row) => row.instance === instance)?.reach)[locale]}`);
  const chosen = wanted.flatMap((instance) => {
    const own = byInstance.get(instance);
    return own ? [[instance, own] as const] : [];
  });
  if (!finished || chosen.length === 0) {
    context.complain((unread.size > 0 ? NOTHING_APPROVED : MESSAGES.nothing)[locale]);
    return ExitCode.nothingInspected;
  }
  if (values.print) {
    context.print(
      stringify({
        middleware: { baselines: chosen.flatMap(([instance, own]) => (values.member === undefined ? approvalsOf(instance, own) : fileFormOf(groupOf(own, values.member).alike))) },
      }).trimEnd(),
    );
    return unread.size === 0 ? ExitCode.healthy : ExitCode.findings;
  }
  const approvedAt = finished.inspection.takenAt;
  const stateDir = stateDirectory(values['state-dir'], context.environment);
  if (values.member !== undefined) return await approveGroups(chosen, values.member, { approvedAt, stateDir, context, isWhole: unread.size === 0 });
  await approveBaselines(stateDir, Object.fromEntries(chosen.map(([instance, own]) => [instance, { approvedAt, settings: own }])));
  for (const [instance, own] of chosen) context.print(locale === 'zh' ? `${instance}：已批准 ${own.length} 个配置项` : `${instance}: ${own.length} settings approved`);
  return unread.size === 0 ? ExitCode.healthy : ExitCode.findings;
}

interface Group {
  /** What all members of the group have alike, with the group's glob in place of their names. */
  readonly alike: readonly SettingRow[];
  /** Keys in which they differ: nothing is approved for these. */
  readonly differing: readonly string[];
  readonly members: number;
}
function groupOf(rows: readonly SettingRow[], member: string): Group {
  const own = rows.filter((row) => row.member !== undefined && matchesGlob(member, row.member));
  const alike: SettingRow[] = [];
  const differing: string[] = [];
  for (const [key, same] of Map.groupBy(own, (row) => row.key)) {
    const [first] = same;
    if (first && same.every((row) => JSON.stringify(valuesOf(row)) === JSON.stringify(valuesOf(first)))) alike.push({ ...first, member });
    else differing.push(key);
  }
  return { alike, differing, members: new Set(own.map((row) => row.member)).size };
}
function valuesOf({ number, flag, word, version }: SettingRow): readonly unknown[] {
  return [number, flag, word, version];
}
function fileFormOf(rows: readonly SettingRow[]): ApprovedSettings[] {
  const [first] = rows;
  const settings = Object.fromEntries(
    rows.flatMap((row) => {
      const value = approvedValue(row);
      return value === undefined ? [] : [[row.key, value] as const];
    }),
  );
  return first ? [{ product: first.product, instance: first.instance, member: first.member, settings }] : [];
}

interface Approval {
  readonly approvedAt: number;
  readonly stateDir: string;
  readonly context: CommandContext;
  readonly isWhole: boolean;
}
/** Approves what a group of members has now; other groups and members keep what they were approved with. */
async function approveGroups(
  chosen: readonly (readonly [string, readonly SettingRow[]])[],
  member: string,
  { approvedAt, stateDir, context, isWhole }: Approval,
): Promise<ExitCode> {
  const { locale } = context;
  const before = await readBaselines(stateDir);
  const groups = chosen.map(([instance, own]) => ({ instance, ...groupOf(own, member) }));
  const found = groups.filter(({ members }) => members > 0);
  if (found.length === 0) {
    context.complain(locale === 'zh' ? `没有与 ${member} 相符的成员` : `no member matches ${member}`);
    return ExitCode.nothingInspected;
  }
  const kept = (instance: string): readonly SettingRow[] =>
    (before[instance]?.settings ?? []).filter((row) => row.member === undefined || (row.member !== member && (isGroup(row.member) || !matchesGlob(member, row.member))));
  await approveBaselines(stateDir, Object.fromEntries(found.map(({ instance, alike }) => [instance, { approvedAt, settings: [...kept(instance), ...alike] }])));
  for (const { instance, alike, differing, members } of found) {
    context.print(
      locale === 'zh'
        ? `${instance}：已为 ${members} 个成员（${member}）批准 ${alike.length} 个配置项`
        : `${instance}: ${alike.length} settings approved for ${members} members (${member})`,
    );
    if (differing.length > 0)
      context.complain(
        locale === 'zh'
          ? `${instance}：组内成员不一致，未批准：${differing.join('、')}`
          : `${instance}: not approved, because the members of the group differ: ${differing.join(', ')}`,
      );
  }
  return isWhole && found.every(({ differing }) => differing.length === 0) ? ExitCode.healthy : ExitCode.findings;
}
