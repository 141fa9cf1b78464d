/** `xunjian pack apply FILE`: with the site's approval, into an agent's state folder or a collector's database. */
import { join, resolve } from 'node:path';
import { applyPack, readApplied } from '../../agent/packs/applied.ts';
import { readPackFile, type SignedPack } from '../../agent/packs/pack-file.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { type ApprovalRequest, approvalOf } from '../pack-approval.ts';
import { faultsFor } from '../pack-limits.ts';
import { PACK_PLACE, packPlace } from '../pack-place.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { packFaultLine, packFileFault, packLines } from '../terminal/pack-words.ts';

const OPTIONS = { ...PACK_PLACE, approve: { type: 'string' }, trust: { type: 'string' }, force: { type: 'boolean' } } as const;
type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

export async function packApplyCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-'))
    throw new UsageError('xunjian pack apply FILE [--state-dir DIR | --data-dir DIR | --database URL] [--approve DIGEST | --trust FILE] [--force]');
  const values = parseOptions(rest, OPTIONS);
  const { locale, print, complain } = context;
  try {
    const signed = await readPackFile(file);
    for (const line of packLines(signed, locale)) print(line);
    const place = packPlace(values, context.environment);
    const faults = await faultsFor(signed.pack, place === undefined ? 'collector' : 'agent');
    for (const fault of faults) complain(packFaultLine(fault, locale));
    if (faults.length > 0) return ExitCode.usage;
    const done = place === undefined ? await toCollector(signed, values, context) : await toAgent(signed, values, place);
    print(done === 'applied-already' ? (locale === 'zh' ? '已是当前规则包' : 'it counts already') : locale === 'zh' ? '已应用' : 'applied');
    return ExitCode.healthy;
  } catch (error) {
    const line = error instanceof Error && error.name === 'AppError' ? error.message : packFileFault(error, file, locale);
    if (line === undefined) throw error;
    complain(line);
    return ExitCode.usage;
  }
}

function requestOf({ approve, trust, force }: Values, siteFolder: string): Omit<ApprovalRequest, 'current'> {
  return { approve, trustFile: trust === undefined ? undefined : resolve(trust), siteFolder, force: force === true };
}

async function toAgent(signed: SignedPack, values: Values, stateDir: string): Promise<string> {
  const { pack, keyId, sha256 } = signed;
  const folder = join(stateDir, 'packs');
  const approvedBy = await approvalOf(signed, { ...requestOf(values, stateDir), current: (await readApplied(folder)).applied.at(-1) });
  if (approvedBy === 'applied-already') return approvedBy;
  const { name, version, thresholds, lifecycles } = pack;
  await applyPack(folder, { name, version, sha256, keyId, appliedAt: new Date().toISOString(), approvedBy, thresholds, lifecycles });
  return approvedBy;
}

async function toCollector(signed: SignedPack, values: Values, context: CommandContext): Promise<string> {
  const { openedPacks } = await import('../packs-in-store.ts');
  await using opened = await openedPacks(values, context);
  const approvedBy = await approvalOf(signed, { ...requestOf(values, opened.siteFolder), current: await opened.packs.current() });
  if (approvedBy === 'applied-already') return approvedBy;
  const { pack, text, signature, keyId, sha256 } = signed;
  const { name, version, policies, holidays, advisories } = pack;
  const actor = { kind: 'system', name: 'xunjian pack apply' } as const;
  await opened.packs.apply({ name, version, sha256, keyId, signature, text, approvedBy, content: { policies, holidays, advisories } }, actor, Date.now());
  return approvedBy;
}
