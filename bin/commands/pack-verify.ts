/** `xunjian pack verify FILE`: signature, limits and what is in it; applies nothing. */
import { readPackFile } from '../../agent/packs/pack-file.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { faultsFor } from '../pack-limits.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { packFaultLine, packFileFault, packLines } from '../terminal/pack-words.ts';

const OPTIONS = { 'key-id': { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } } as const;

export async function packVerifyCommand(args: readonly string[], { locale, print, complain }: CommandContext): Promise<ExitCode> {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-')) throw new UsageError('xunjian pack verify FILE [--key-id HEX] [--json]');
  const { 'key-id': expected, json } = parseOptions(rest, OPTIONS);
  try {
    const signed = await readPackFile(file);
    const faults = await faultsFor(signed.pack, 'here');
    if (json) print(JSON.stringify({ name: signed.pack.name, version: signed.pack.version, keyId: signed.keyId, sha256: signed.sha256, faults }));
    else for (const line of packLines(signed, locale)) print(line);
    for (const fault of faults) complain(packFaultLine(fault, locale));
    const isOther = expected !== undefined && expected.toLowerCase() !== signed.keyId;
    if (isOther) complain(`${file}: ${locale === 'zh' ? '由另一把密钥签名' : 'it was signed with another key'}`);
    return faults.length > 0 || isOther ? ExitCode.findings : ExitCode.healthy;
  } catch (error) {
    const line = packFileFault(error, file, locale);
    if (line === undefined) throw error;
    complain(line);
    return ExitCode.findings;
  }
}
