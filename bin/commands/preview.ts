/** `xunjian preview`: the exact bytes that would be sent, or each value with the purpose of its field. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { LAST_INSPECTION, readIfThere, writePrivate } from '../../agent/site/private-file.ts';
import type { SealedPayload } from '../../agent/wire/encode-values.ts';
import type { encodedFields } from '../../agent/wire/explain.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { inspectionOptions } from '../inspection-options.ts';
import { differences, keptPayload } from '../payload-diff.ts';
import { stateDirectory } from '../state-directory.ts';
import { INSPECTION_OPTIONS, parseOptions, UsageError } from '../terminal/arguments.ts';
import { MESSAGES } from '../terminal/messages.ts';

const LAST_PREVIEW = 'last-preview.json';
const OPTIONS = { ...INSPECTION_OPTIONS, explain: { type: 'boolean' }, 'diff-last': { type: 'boolean' }, hash: { type: 'boolean' }, last: { type: 'boolean' } } as const;

export async function previewCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  if (values.last) return await showLast(values, context);
  const options = inspectionOptions(values, context);
  const [{ runInspection }, { encodedFields }] = await Promise.all([import('../run-inspection.ts'), import('../../agent/wire/explain.ts')]);
  const finished = await runInspection({ ...options, quiet: values.quiet ?? true }, context.environment, context.complain, context.signal);
  if (!finished) {
    context.complain(MESSAGES.nothing[context.locale]);
    return ExitCode.nothingInspected;
  }
  const directory = stateDirectory(options.stateDir, context.environment);
  if (values['diff-last']) return await showDifferences(finished.payload.json, directory, context);
  show(finished.payload, values, encodedFields, context);
  return ExitCode.healthy;
}

type Shown = Pick<SealedPayload, 'json' | 'sha256'>;
interface How {
  readonly hash?: boolean | undefined;
  readonly explain?: boolean | undefined;
}
function show(payload: Shown, { hash, explain }: How, fieldsOf: typeof encodedFields, { print, locale }: CommandContext): void {
  if (hash) print(payload.sha256);
  else if (explain) for (const { path, value, unit, purpose } of fieldsOf(payload)) print(`${path} = ${value}${unit === undefined ? '' : ` [${unit}]`}  # ${purpose[locale]}`);
  else print(payload.json);
}

/** The agent's last inspection, the very bytes that were sealed: its digest is that of the ledger and of the collector's receipt. */
async function showLast({ 'state-dir': stateDir, ...how }: How & { readonly 'state-dir'?: string | undefined }, context: CommandContext): Promise<ExitCode> {
  const file = join(stateDirectory(stateDir, context.environment), LAST_INSPECTION);
  const bytes = await readIfThere(file);
  if (bytes === undefined) throw new UsageError({ zh: `${file}：该目录下的 agent 还没有巡检过`, en: `${file}: no agent of this directory has inspected yet` });
  const { encodedFields } = await import('../../agent/wire/explain.ts');
  show({ json: bytes.toString('utf8'), sha256: createHash('sha256').update(bytes).digest('hex') }, how, encodedFields, context);
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
