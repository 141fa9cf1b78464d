/** `xunjian preview`: the exact bytes that would be sent, or each value with the purpose of its field. */
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { inspectionOptions } from '../inspection-options.ts';
import { INSPECTION_OPTIONS, parseOptions } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';

const OPTIONS = { ...INSPECTION_OPTIONS, explain: { type: 'boolean' }, hash: { type: 'boolean' } } as const;

export async function previewCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const options = inspectionOptions(values, context);
  const [{ runInspection }, { encodedFields }] = await Promise.all([import('../run-inspection.ts'), import('../../agent/wire/explain.ts')]);
  const finished = await runInspection({ ...options, quiet: values.quiet ?? true }, context.environment, context.complain, context.signal);
  if (!finished) {
    context.complain(MESSAGES.nothing[context.locale]);
    return ExitCode.nothingInspected;
  }
  if (values.hash) context.print(finished.payload.sha256);
  else if (values.explain)
    for (const { path, value, unit, purpose } of encodedFields(finished.payload))
      context.print(`${path} = ${value}${unit === undefined ? '' : ` [${unit}]`}  # ${purpose[context.locale]}`);
  else context.print(finished.payload.json);
  return ExitCode.healthy;
}
