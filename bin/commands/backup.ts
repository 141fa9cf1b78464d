/** `xunjian collector backup --out FILE` and `xunjian collector restore --in FILE --database URL [--force]`. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CollectorConfig } from '../../collector/config.ts';
import { openStore, StartError } from '../../collector/main.ts';
import { BackupError, backup, restore, verifyBackup } from '../../collector/store/backup.ts';
import { COLLECTOR_OPTIONS, collectorConfig, startFault } from '../collector-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';

const OPTIONS = { ...COLLECTOR_OPTIONS, out: { type: 'string' }, in: { type: 'string' }, force: { type: 'boolean' } } as const;

/** Of the database that a collector with the same options uses. */
export async function backupCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const { out } = values;
  if (out === undefined) throw new UsageError('xunjian collector backup --out FILE [--database URL | --config FILE | --data-dir DIR]');
  const config = await collectorConfig(values, context);
  return await told(context, config, async () => {
    requireThere(config);
    if (!existsSync(dirname(out))) throw new BackupError(`no such folder: ${dirname(out)}`, `没有这个目录：${dirname(out)}`);
    await using database = await openStore(withFolderOf(config));
    const { rows, sha256 } = await backup(database, out, Date.now());
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    const key = config.keyFile ?? join(config.dataDir, 'secret.key');
    context.print(context.locale === 'zh' ? `已备份 ${total} 行到 ${out}（SHA-256 ${sha256}）` : `${total} rows written to ${out} (SHA-256 ${sha256})`);
    context.print(
      context.locale === 'zh'
        ? `不含密钥文件 ${key}：没有它，恢复后须重新填写各通知目标的密钥，请另行保存`
        : `Without the key file ${key}: keep it elsewhere, or the secrets of the targets have to be entered again after a restore`,
    );
  });
}

/** A target has to be named: nothing is put over what runs here by mistake. */
export async function restoreCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const { in: file, force = false } = values;
  const isNamed = [values.database, values.config, values['data-dir'], context.environment['DATABASE_URL'], context.environment['XUNJIAN_CONFIG']].some((one) => one !== undefined);
  if (!isNamed || file === undefined) throw new UsageError('xunjian collector restore --in FILE --database URL|--config FILE|--data-dir DIR [--force]');
  const config = await collectorConfig(values, context);
  return await told(context, config, async () => {
    await verifyBackup(file); // before a database is made for it
    await using database = await openStore(withFolderOf(config));
    const { rows } = await restore(database, file, { force });
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    context.print(context.locale === 'zh' ? `已从 ${file} 恢复 ${total} 行` : `${total} rows restored from ${file}`);
  });
}

/** Only the folder that the database itself is in is made. */
function withFolderOf(config: CollectorConfig): CollectorConfig {
  return { ...config, dataDir: dirname(sqlitePath(config) ?? join('.', 'any')) };
}
function sqlitePath({ database }: CollectorConfig): string | undefined {
  return database.urlFile !== undefined || /^postgres(?:ql)?:/.test(database.url) ? undefined : database.url.replace(/^sqlite:/, '');
}

/** SQLite would make the file, and the backup of nothing would look like one. */
function requireThere(config: CollectorConfig): void {
  const path = sqlitePath(config);
  if (path !== undefined && !existsSync(path)) throw new BackupError(`no database there: ${path}`, `没有这个数据库：${path}`);
}

async function told({ locale, complain }: CommandContext, config: CollectorConfig, work: () => Promise<void>): Promise<ExitCode> {
  try {
    await work();
    return ExitCode.healthy;
  } catch (error) {
    if (error instanceof BackupError) complain(error.text[locale]);
    else if (error instanceof StartError) complain(startFault(error, config, locale));
    else throw error;
    return ExitCode.usage;
  }
}
