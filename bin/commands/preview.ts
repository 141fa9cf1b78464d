/** `xunjian preview`: the exact bytes that would be sent, or each value with the purpose of its field. */
import { join } from 'node:path';
import { LAST_INSPECTION, writePrivate } from '../../agent/site/private-file.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { inspectionOptions } from '../inspection-options.ts';
import { differences, keptPayload } from '../payload-diff.ts';
import { stateDirectory } from '../state-directory.ts';
import { INSPECTION_OPTIONS, parseOptions } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';

const LAST_PREVIEW = 'last-preview.json';
const OPTIONS = { ...INSPECTION_OPTIONS, explain: { type: 'boolean' }, 'diff-last': { type: 'boolean' }, hash: { type: 'boolean' } } as const;

export async function previewCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const options = inspectionOptions(values, context);
  const [{ runInspection }, { encodedFields }] = await Promise.all([import('../run-inspection.ts'), import('../../agent/wire/explain.ts')]);
  const finished = await runInspection({ ...options, quiet: values.quiet ?? true }, context.environment, context.complain, context.signal);
  if (!finished) {
    context.complain(MESSAGES.nothing[context.locale]);
    return ExitCode.nothingInspected;
  }
  const directory = stateDirectory(options.stateDir, context.environment);
  if (values['diff-last']) return await showDifferences(finished.payload.json, directory, context);
  if (values.hash) context.print(finished.payload.sha256);
  else if (values.explain)
    for (const { path, value, unit, purpose } of encodedFields(finished.payload))
      context.print(`${path} = ${value}${unit === undefined ? '' : ` [${unit}]`}  # ${purpose[context.locale]}`);
  else context.print(finished.payload.json);
  return ExitCode.healthy;
}

/** Against the agent's last inspection, as it was sealed; where none ran here, against the last preview that was asked this. */
async function showDifferences(json: string, directory: string, { print, complain, locale }: CommandContext): Promise<ExitCode> {
  const previewed = join(directory, LAST_PREVIEW);
  const before = (await keptPayload(join(directory, LAST_INSPECTION))) ?? (await keptPayload(previewed));
  await writePrivate(previewed, json).catch(() => undefined); // a folder that cannot be written only loses the comparison
  if (before === undefined) complain(locale === 'zh' ? '没有上一次可比较，下次起可用' : 'there is no last one to compare with; there will be the next time');
  else for (const line of differences(before, JSON.parse(json))) print(line);
  return ExitCode.healthy;
}
