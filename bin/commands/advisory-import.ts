/** `xunjian advisory import FILE|DIR…`: published defects into a collector's database on this machine. */
import { Advisories } from '../../collector/advisories/advisories.ts';
import { AdvisoryError } from '../../collector/advisories/advisory.ts';
import { advisoriesIn } from '../advisory-files.ts';
import { COLLECTOR_OPTIONS } from '../collector-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { openedStore } from '../report-from-store.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { reportFault } from '../terminal/report-words.ts';

export async function advisoryImportCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const end = args.findIndex((word) => word.startsWith('-'));
  const paths = end === -1 ? args : args.slice(0, end);
  if (paths.length === 0) throw new UsageError('xunjian advisory import FILE|DIR… (CSAF 2.0, updateinfo.xml, updateinfo.xml.gz)');
  const values = parseOptions(args.slice(paths.length), COLLECTOR_OPTIONS);
  try {
    await using database = await openedStore(values, context);
    const advisories = new Advisories(database);
    for (const path of paths) {
      const count = await advisories.import({ actor: { kind: 'system', name: 'xunjian advisory import' } }, advisoriesIn(path), path, Date.now());
      context.print(context.locale === 'zh' ? `${path}：${count} 个公告` : `${path}: ${count} advisories`);
    }
    return ExitCode.healthy;
  } catch (error) {
    if (error instanceof AdvisoryError) {
      context.complain(error.message);
      return ExitCode.usage;
    }
    const [message, code] = reportFault(error, context.locale);
    if (message === undefined) throw error;
    context.complain(message);
    return code;
  }
}
