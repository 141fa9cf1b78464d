/** `xunjian pack build DIR`: a folder of rules becomes one signed file; nothing outside the limits is signed. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PACK_NAME, PACK_VERSION } from '../../agent/packs/pack.ts';
import { packBytes } from '../../agent/packs/pack-file.ts';
import { AppError } from '../../collector/errors.ts';
import { signingKeyOf } from '../../collector/reports/signing-key.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { packFaults, packOfFolder } from '../pack-folder.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { packFaultLine, packFileFault } from '../terminal/pack-words.ts';

const OPTIONS = { name: { type: 'string' }, version: { type: 'string' }, key: { type: 'string' }, out: { type: 'string' }, lang: { type: 'string' } } as const;
const USAGE = 'xunjian pack build DIR --name NAME --version 2026.11.1 --key KEY.pem [--out FILE]';

export async function packBuildCommand(args: readonly string[], { locale, print, complain }: CommandContext): Promise<ExitCode> {
  const [folder, ...rest] = args;
  const { name, version, key, out } = parseOptions(rest, OPTIONS);
  if (folder === undefined || folder.startsWith('-') || name === undefined || version === undefined || key === undefined) throw new UsageError(USAGE);
  if (!PACK_NAME.test(name) || !PACK_VERSION.test(version)) throw new UsageError(USAGE);
  try {
    const pack = await packOfFolder(resolve(folder), { name, version, madeAt: Math.floor(Date.now() / 1_000) });
    const faults = packFaults(pack);
    for (const fault of faults) complain(packFaultLine(fault, locale));
    if (faults.length > 0) return ExitCode.usage;
    const signer = await signingKeyOf(resolve(key));
    const file = resolve(out ?? join('.', `${name}-${version}.xjpack`));
    await writeFile(file, await packBytes(pack, signer), { mode: 0o644 });
    print(`${file}  ${locale === 'zh' ? '密钥' : 'key'} ${signer.keyId}`);
    return ExitCode.healthy;
  } catch (error) {
    const line = error instanceof AppError ? error.message : packFileFault(error, folder, locale);
    if (line === undefined) throw error;
    complain(line);
    return ExitCode.usage;
  }
}
