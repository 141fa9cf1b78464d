/** `xunjian bundle export`: what an agent or a collector keeps, as signed files to carry where no network leads. */
import { join, resolve } from 'node:path';
import { BundleError } from '../../agent/bundle/bundle-error.ts';
import { bundleRecord } from '../../agent/bundle/bundle-ledger.ts';
import type { Carried } from '../../agent/bundle/carried.ts';
import { payloadsInState } from '../../agent/bundle/from-state.ts';
import type { BundledPayload, BundleManifest } from '../../agent/bundle/manifest.ts';
import { hostSigner } from '../../agent/bundle/signing-key.ts';
import { newBundleId, type WrittenBundle, writeBundle } from '../../agent/bundle/write-bundle.ts';
import { agentId } from '../../agent/delivery/agent-id.ts';
import { readConsent } from '../../agent/delivery/consent.ts';
import { keepReverseTable, openPseudonyms } from '../../agent/site/site.ts';
import { VERSION } from '../../agent/version.ts';
import type { Signer } from '../../agent/wire/signature.ts';
import { bundlePeriod, recipientsOf, splitBytesOf } from '../bundle-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { bundleFault } from '../terminal/bundle-words.ts';

const OPTIONS = {
  out: { type: 'string' },
  period: { type: 'string' },
  split: { type: 'string' },
  recipient: { type: 'string', multiple: true },
  'state-dir': { type: 'string' },
  'key-file': { type: 'string' },
  'clear-names': { type: 'string', multiple: true },
  'consent-folder': { type: 'string' },
  customer: { type: 'string' },
  cluster: { type: 'string' },
  database: { type: 'string' },
  'data-dir': { type: 'string' },
  config: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const;
export type BundleExportValues = ReturnType<typeof parseOptions<typeof OPTIONS>>;

/** Where payloads come from, who signs for it, and what is to be done when the bundle is written. */
export interface BundleSource extends AsyncDisposable {
  readonly origin: BundleManifest['bundle']['origin'];
  readonly signer: Signer;
  readonly payloads: AsyncIterable<Carried>;
  /** Where the record of what left is kept. */
  readonly recordDir: string;
  readonly onWritten: (bundle: WrittenBundle) => Promise<void>;
}

export async function bundleExportCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  if (values.out === undefined) throw new UsageError('xunjian bundle export --out DIR [--state-dir DIR | --cluster NAME] [--period 30d] [--split 100M] [--recipient age1…]');
  const splitBytes = splitBytesOf(values.split);
  const recipients = await recipientsOf(values.recipient ?? []);
  const now = Date.now();
  try {
    const period = bundlePeriod(values.period, now / 1_000);
    await using source = await sourceOf(values, period, now, context);
    const id = newBundleId();
    const bundle = await writeBundle(source.payloads, {
      ...{ id, folder: resolve(values.out), origin: source.origin, period, signer: source.signer, program: VERSION, now: now / 1_000, splitBytes, recipients },
      record: await bundleRecord(source.recordDir, id, Date.now),
    });
    await source.onWritten(bundle);
    say(bundle, values, context);
    return ExitCode.healthy;
  } catch (error) {
    const fault = bundleFault(error, context.locale);
    if (fault === undefined) throw error;
    context.complain(fault);
    return ExitCode.usage;
  }
}

async function sourceOf(values: BundleExportValues, period: ReturnType<typeof bundlePeriod>, now: number, context: CommandContext): Promise<BundleSource> {
  const { environment } = context;
  const isCollector = [values.cluster, values.customer, values.database, values['data-dir'], values.config].some((one) => one !== undefined);
  const folder = values['state-dir'] ?? (isCollector ? undefined : environment['XUNJIAN_STATE_DIR']);
  if (folder !== undefined && isCollector) throw new UsageError({ zh: '--state-dir 与收集端的选项不能同时给出', en: '--state-dir goes with none of the options of a collector' });
  if (folder !== undefined) return await hostSource(resolve(folder), values, period, environment);
  // The agent's image has no collector in it.
  const { collectorSource } = await import('../bundle-from-store.ts');
  return await collectorSource(values, period, now, context);
}

async function hostSource(
  stateDir: string,
  values: BundleExportValues,
  period: ReturnType<typeof bundlePeriod>,
  environment: CommandContext['environment'],
): Promise<BundleSource> {
  const consent = await readConsent(values['consent-folder'] ?? environment['XUNJIAN_CONSENT_FOLDER'], stateDir);
  if (consent.level === 'off') throw new BundleError('not-consented');
  const pseudonyms = await openPseudonyms(stateDir, values['key-file'] ?? environment['XUNJIAN_KEY_FILE']);
  return {
    origin: { kind: 'host', id: await agentId(stateDir) },
    signer: await hostSigner(stateDir),
    payloads: payloadsInState({ stateDir, period, boundary: { pseudonyms, clearNames: new Set() } }),
    recordDir: stateDir,
    onWritten: async () => await keepReverseTable(stateDir, pseudonyms, 'bundles'),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const KINDS: Readonly<Record<BundledPayload['kind'], readonly [string, string]>> = {
  inspection: ['巡检', 'inspections'],
  signals: ['信号', 'signals'],
  heartbeat: ['心跳', 'heartbeats'],
};

function say({ id, keyId, files, counts }: WrittenBundle, { out = '', json }: BundleExportValues, { locale, print }: CommandContext): void {
  const paths = files.map((file) => join(resolve(out), file));
  if (json) {
    print(JSON.stringify({ id, keyId, files: paths, counts }));
    return;
  }
  const zh = locale === 'zh';
  const kinds = Object.entries(counts.kinds).map(([kind, count]) => `${KINDS[kind as BundledPayload['kind']][zh ? 0 : 1]} ${count}`);
  print(`${zh ? '数据包' : 'bundle'}  ${id}  ${counts.payloads} (${kinds.join(', ')})  ${counts.bytes} B`);
  print(`${zh ? '签名密钥（请以其他途径告知接收方）' : 'signed with the key (tell the receiver by another way)'}  ${keyId}`);
  for (const path of paths) print(`  ${path}`);
}
