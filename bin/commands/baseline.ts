/**
 * `xunjian baseline approve`: the settings of middleware as they are now become what later inspections compare with. With `--print`
 * they are printed for the configuration file instead: that is how agents in a cluster are told.
 */
import { stringify } from 'yaml';
import type { ApprovedSettings } from '../../agent/middleware/declaration.ts';
import { approveBaselines } from '../../agent/site/baselines.ts';
import type { Sections } from '../../agent/wire/section-values.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { inspectionOptions } from '../inspection-options.ts';
import { stateDirectory } from '../state-directory.ts';
import { INSPECTION_OPTIONS, parseOptions } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';

const OPTIONS = { ...INSPECTION_OPTIONS, instance: { type: 'string', multiple: true }, print: { type: 'boolean' } } as const;

type SettingRow = Sections['middlewareSettings']['rows'][number];

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
  for (const instance of missing)
    context.complain(`${instance}${locale === 'zh' ? '：没有读到配置，先用 `xunjian middleware` 查看原因' : ': no settings were read; see why with `xunjian middleware`'}`);
  const chosen = wanted.flatMap((instance) => {
    const own = byInstance.get(instance);
    return own ? [[instance, own] as const] : [];
  });
  if (!finished || chosen.length === 0) {
    context.complain(MESSAGES.nothing[locale]);
    return ExitCode.nothingInspected;
  }
  if (values.print) {
    context.print(stringify({ middleware: { baselines: chosen.flatMap(([instance, own]) => approvalsOf(instance, own)) } }).trimEnd());
    return missing.length === 0 ? ExitCode.healthy : ExitCode.findings;
  }
  const approvedAt = finished.inspection.takenAt;
  await approveBaselines(stateDirectory(values['state-dir'], context.environment), Object.fromEntries(chosen.map(([instance, own]) => [instance, { approvedAt, settings: own }])));
  for (const [instance, own] of chosen) context.print(locale === 'zh' ? `${instance}：已批准 ${own.length} 个配置项` : `${instance}: ${own.length} settings approved`);
  return missing.length === 0 ? ExitCode.healthy : ExitCode.findings;
}
