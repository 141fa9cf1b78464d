/** `xunjian collector backup --database URL --out FILE` and `xunjian collector restore --in FILE --database URL [--force]`. */
import { BackupError, backup, restore } from '../../collector/store/backup.ts';
import { openDatabase } from '../../collector/store/database.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';

const OPTIONS = { database: { type: 'string' }, out: { type: 'string' }, in: { type: 'string' }, force: { type: 'boolean' }, lang: { type: 'string' } } as const;

export async function backupCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { database: asked, out } = parseOptions(args, OPTIONS);
  const url = asked ?? context.environment['DATABASE_URL'];
  if (url === undefined || out === undefined) throw new UsageError('xunjian collector backup --database URL --out FILE');
  return await told(context, async () => {
    await using database = await openDatabase({ url });
    const { rows, sha256 } = await backup(database, out, Date.now());
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    context.print(context.locale === 'zh' ? `已备份 ${total} 行到 ${out}（SHA-256 ${sha256}）` : `${total} rows written to ${out} (SHA-256 ${sha256})`);
  });
}

export async function restoreCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { database: asked, in: file, force = false } = parseOptions(args, OPTIONS);
  const url = asked ?? context.environment['DATABASE_URL'];
  if (url === undefined || file === undefined) throw new UsageError('xunjian collector restore --in FILE --database URL [--force]');
  return await told(context, async () => {
    await using database = await openDatabase({ url });
    const { rows } = await restore(database, file, { force });
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    context.print(context.locale === 'zh' ? `已从 ${file} 恢复 ${total} 行` : `${total} rows restored from ${file}`);
  });
}

async function told(context: CommandContext, work: () => Promise<void>): Promise<ExitCode> {
  try {
    await work();
    return ExitCode.healthy;
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    context.complain(error.message);
    return ExitCode.usage;
  }
}
