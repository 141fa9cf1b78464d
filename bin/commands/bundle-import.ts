/** `xunjian bundle import FILE… --cluster NAME`: parts of bundles into a collector's database on this machine, also beside a running one. */
import { BundleError } from '../../agent/bundle/bundle-error.ts';
import type { BundleManifest } from '../../agent/bundle/manifest.ts';
import { readPart } from '../../agent/bundle/read-part.ts';
import { VERSION } from '../../agent/version.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { BundleImport, type CarriedPart, type PartResult } from '../../collector/bundles/bundle-import.ts';
import type { CollectorConfig } from '../../collector/config.ts';
import { AppError } from '../../collector/errors.ts';
import { collectorLogger } from '../../collector/log.ts';
import { openStore, StartError, wireStore } from '../../collector/main.ts';
import { readSetting, SETTINGS } from '../../collector/store/setting-store.ts';
import { identitiesOf } from '../bundle-options.ts';
import { COLLECTOR_OPTIONS, collectorConfig, startFault } from '../collector-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { PACKS } from '../pack-content.ts';
import { subjectOf } from '../report-from-store.ts';
import { KNOWLEDGE } from '../report-knowledge.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { bundleFault } from '../terminal/bundle-words.ts';
import { ReportTrouble } from '../terminal/report-words.ts';
import { filesBefore } from './bundle-verify.ts';
import { checkTexts } from './collector.ts';

const OPTIONS = {
  ...COLLECTOR_OPTIONS,
  customer: { type: 'string' },
  cluster: { type: 'string' },
  trust: { type: 'string' },
  identity: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

export async function bundleImportCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [files, rest] = filesBefore(args);
  const values = parseOptions(rest, OPTIONS);
  const trust = values.trust?.toLowerCase();
  if (files.length === 0 || values.cluster === undefined || (trust !== undefined && !/^[0-9a-f]{64}$/.test(trust)))
    throw new UsageError('xunjian bundle import FILE… --cluster NAME [--customer NAME] [--trust KEY-ID] [--identity FILE] [--json]');
  const identities = await identitiesOf(values.identity ?? []);
  const config = await collectorConfig(values, context);
  try {
    await using database = await openStore(config);
    const { customer, cluster } = await subjectOf(database.db, { customer: values.customer, cluster: values.cluster });
    if (!cluster) throw new UsageError('--cluster');
    const publicUrl = config.publicUrl ?? (await readSetting(database.db, SETTINGS.publicUrl));
    const { ingest } = await wireStore(
      { ...config, publicUrl },
      { database, logger: collectorLogger('error', process.stderr), checkTexts, packs: PACKS, knowledge: KNOWLEDGE, version: VERSION, now: Date.now, isOpen: () => true },
    );
    await using _decoders = ingest;
    const actor = { kind: 'system', name: 'xunjian bundle import' } as const;
    const importing = new BundleImport({ database, ingest, actor, now: Date.now, cluster: { clusterId: cluster.id, customerId: customer.id } });
    let isTaken = true;
    for (const file of files) isTaken = (await importFile(importing, file, { identities, trust, values }, context)) && isTaken;
    return isTaken ? ExitCode.healthy : ExitCode.findings;
  } catch (error) {
    const line = knownFault(error, config, context.locale);
    if (line === undefined) throw error;
    context.complain(line);
    return ExitCode.usage;
  }
}

function knownFault(error: unknown, config: CollectorConfig, locale: Locale): string | undefined {
  if (error instanceof ReportTrouble) return error.words[locale];
  if (error instanceof StartError) return startFault(error, config, locale);
  return error instanceof AppError ? error.message : undefined;
}

/** First the whole part is read and held against its manifest, then it is taken: one that is cut or changed leaves nothing behind. */
async function importFile(
  importing: BundleImport,
  file: string,
  { identities, trust, values }: { readonly identities: readonly string[]; readonly trust: string | undefined; readonly values: Values },
  context: CommandContext,
): Promise<boolean> {
  try {
    const { manifest, keyId } = await readPart(file, { identities }, { onManifest: async (head, signer) => await requireAdmitted(importing, partOf(head, signer), trust) });
    const part = partOf(manifest, keyId);
    const isHere = await importing.wasImported(part);
    const result: PartResult = isHere
      ? { accepted: 0, duplicates: part.payloads, quarantined: 0, refused: 0, wasHere: true, missing: await importing.missing(part) }
      : await importing.take(part, async (sink) => {
          await readPart(file, { identities, keyId }, { onPayload: async ({ rawBytes }, body) => await sink(body, rawBytes) });
        });
    say(file, part, result, values, context);
    return result.refused === 0;
  } catch (error) {
    const fault = bundleFault(error, context.locale, file);
    if (fault === undefined) throw error;
    context.complain(fault);
    return false;
  }
}

async function requireAdmitted(importing: BundleImport, part: CarriedPart, trust: string | undefined): Promise<void> {
  const admission = await importing.admit(part, trust);
  if (admission !== 'admitted') throw new BundleError(admission, part.keyId);
}

function partOf({ bundle, part, payloads }: BundleManifest, keyId: string): CarriedPart {
  return { bundleId: bundle.id, part, parts: bundle.parts, madeAt: bundle.createdAt * 1_000, keyId, origin: bundle.origin.id, payloads: payloads.length };
}

function say(file: string, { bundleId, part, parts }: CarriedPart, result: PartResult, { json }: Values, { locale, print }: CommandContext): void {
  if (json) {
    print(JSON.stringify({ file, bundle: bundleId, part, parts, ...result }));
    return;
  }
  print(`${file}  ${bundleId.slice(0, 12)}  ${part}/${parts}  ${wordsOf(result, locale).join('  ')}`);
  if (result.missing.length > 0) print(`  ${locale === 'zh' ? '尚缺分卷' : 'parts still missing'}  ${result.missing.join(', ')}`);
}
function wordsOf({ accepted, duplicates, quarantined, refused, wasHere }: PartResult, locale: Locale): readonly string[] {
  const zh = locale === 'zh';
  if (wasHere) return [zh ? '此前已导入' : 'imported before'];
  return [
    `${zh ? '新' : 'new'} ${accepted}`,
    `${zh ? '已有' : 'known'} ${duplicates}`,
    ...(quarantined > 0 ? [`${zh ? '待升级后读取' : 'kept for a newer program'} ${quarantined}`] : []),
    ...(refused > 0 ? [`${zh ? '拒绝' : 'refused'} ${refused}`] : []),
  ];
}
