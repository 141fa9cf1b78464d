/** `xunjian baseline approve`: the settings of middleware as they are now become what later inspections compare with. */
import { approveBaselines } from '../../agent/site/baselines.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { inspectionOptions } from '../inspection-options.ts';
import { stateDirectory } from '../state-directory.ts';
import { INSPECTION_OPTIONS, parseOptions } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';

const OPTIONS = { ...INSPECTION_OPTIONS, instance: { type: 'string', multiple: true } } as const;

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
  const approvedAt = finished.inspection.takenAt;
  await approveBaselines(stateDirectory(values['state-dir'], context.environment), Object.fromEntries(chosen.map(([instance, own]) => [instance, { approvedAt, settings: own }])));
  for (const [instance, own] of chosen) context.print(locale === 'zh' ? `${instance}：已批准 ${own.length} 个配置项` : `${instance}: ${own.length} settings approved`);
  return missing.length === 0 ? ExitCode.healthy : ExitCode.findings;
}
