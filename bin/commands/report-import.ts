/** `xunjian report import DIR`: what people and other systems know, into a collector's database on this machine, for all its reports. */
import { Records } from '../../collector/records/records.ts';
import { COLLECTOR_OPTIONS } from '../collector-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { openedStore, subjectOf } from '../report-from-store.ts';
import { recordsOfFolder } from '../report-parts.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { reportFault } from '../terminal/report-words.ts';

const OPTIONS = { ...COLLECTOR_OPTIONS, customer: { type: 'string' }, cluster: { type: 'string' } } as const;

export async function reportImportCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const folder = args[0];
  if (folder === undefined || folder.startsWith('-')) throw new UsageError('xunjian report import DIR [--customer NAME] [--cluster NAME]');
  const values = parseOptions(args.slice(1), OPTIONS);
  try {
    const set = await recordsOfFolder(folder);
    await using database = await openedStore(values, context);
    const { customer, cluster } = await subjectOf(database.db, values);
    const caller = { actor: { kind: 'system', name: 'xunjian report import' }, visibility: 'all' } as const;
    const saved = await new Records(database).save(caller, { customerId: customer.id, clusterId: cluster?.id ?? null }, set, Date.now());
    const whom = [customer.name, cluster?.name].filter((name) => name !== undefined).join(' · ');
    context.print(context.locale === 'zh' ? `已保存 ${saved} 条记录：${whom}` : `${saved} records saved: ${whom}`);
    return ExitCode.healthy;
  } catch (error) {
    const [message, code] = reportFault(error, context.locale);
    if (message === undefined) throw error;
    context.complain(message);
    return code;
  }
}
