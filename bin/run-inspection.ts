/** Wires one inspection on this machine: reads what the user gave, opens host and cluster, runs, keeps the reverse table. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getProxyForUrl } from 'proxy-from-env';
import { GATHERERS } from '../agent/gatherers/index.ts';
import { CounterMemory } from '../agent/gatherers/middleware/counters.ts';
import { MIDDLEWARE } from '../agent/gatherers/middleware/index.ts';
import { gatherersFor } from '../agent/gatherers/roles.ts';
import { Host } from '../agent/host/host.ts';
import { hostNameOf } from '../agent/host/host-name.ts';
import { type Inspection, inspect } from '../agent/inspection.ts';
import type { Cluster } from '../agent/kube/cluster.ts';
import { openClusterWith } from '../agent/kube/cluster-of.ts';
import { ConnectionError } from '../agent/kube/credential.ts';
import { KubeError } from '../agent/kube/errors.ts';
import { withPack } from '../agent/packs/applied.ts';
import { readBaselines } from '../agent/site/baselines.ts';
import { keepCounters, readCounters } from '../agent/site/middleware-counters.ts';
import { ephemeralPseudonyms, keepReverseTable, openPseudonyms } from '../agent/site/site.ts';
import type { SiteConfig } from '../agent/site-config.ts';
import { VERSION } from '../agent/version.ts';
import { seal } from '../agent/wire/encode.ts';
import type { SealedPayload } from '../agent/wire/encode-values.ts';
import type { Pseudonyms } from '../agent/wire/pseudonym.ts';
import { type Locale, NAME_KINDS, type Reason, type Text } from '../agent/wire/vocabulary.ts';
import type { InspectionOptions } from './inspection-options.ts';
import { readSiteConfig, readSuppressions } from './site-files.ts';
import { stateDirectory } from './state-directory.ts';
import { UsageError } from './terminal/arguments.ts';
import { connectionMessage, MESSAGES, REASON_TEXTS } from './terminal/messages.ts';
import { showProgress } from './terminal/progress.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Gatherers whose lists of pods and workloads middleware is found in. */
const FINDS_MIDDLEWARE: ReadonlySet<string> = new Set(['pods', 'workloads']);

export interface Finished {
  readonly inspection: Inspection;
  readonly payload: SealedPayload;
  /** Version of the rule pack that it was judged with. */
  readonly pack?: string | undefined;
  /** The kubeconfig's word for the cluster, when one was inspected. */
  readonly clusterName?: string | undefined;
  readonly hostInspected: boolean;
}

/**
 * @param say writes one line for the user
 * @returns `undefined` when there was nothing that could be inspected
 * @throws UsageError for options and files that are wrong, with every fault on a line of its own
 */
export async function runInspection(options: InspectionOptions, environment: Environment, say: (line: string) => void, signal: AbortSignal): Promise<Finished | undefined> {
  const { locale } = options;
  const site = await readSiteConfig(options.config, locale, signal);
  const stateDir = stateDirectory(options.stateDir, environment);
  const { options: judged, pack } = await withPack({ stateDir, packsDir: environment['XUNJIAN_PACKS_DIR'], settings: site.checks });
  const config = { ...site, checks: judged.settings };
  const suppressions = await readSuppressions(options.suppressions, locale, signal);
  const now = (): number => Date.now() / 1_000;

  // Loaded while another process reads the credential and we would only wait.
  const checks = options.onlyMiddleware ? [] : import('../agent/checks/index.ts').then(({ CHECKS }) => CHECKS);
  const host = options.noHost ? undefined : await openHost(options, config.sampleSeconds, say);
  const opened = options.credential && (await openClusterOrSay(options.credential, options, now, say, signal));
  const cluster = opened?.cluster;
  const clusterFault = opened?.fault;
  // A middleware host without Kubernetes may be asked from anywhere.
  const isDeclared = (config.middleware.instances ?? []).some(({ addresses }) => addresses.length > 0);
  if (!host && !cluster && !isDeclared) return undefined;

  const counters = new CounterMemory(await readCounters(stateDir));
  const progress = await showProgress(process.stderr, locale, options.quiet);
  const inspection = await inspect({
    gatherers: gatherersFor(options.role ?? 'inspect', GATHERERS).filter(({ section }) => !options.onlyMiddleware || FINDS_MIDDLEWARE.has(section)),
    checks,
    sources: { host, cluster },
    middleware: { products: MIDDLEWARE, config: config.middleware, baselines: await readBaselines(stateDir), counters },
    ...(clusterFault && { faults: { cluster: clusterFault } }),
    settings: config.checks,
    suppressions,
    optOut: config.optOut,
    hostName: options.nodeName ?? (host ? await hostNameOf(host) : 'host'),
    signal,
    now,
    clock: () => performance.now(),
    onProgress: progress.onProgress,
  }).finally(() => progress.stop());

  // A folder that cannot be written is told of where the payload is sealed.
  if (!options.onlyMiddleware) await keepCounters(stateDir, counters.kept, inspection.takenAt).catch(() => undefined);
  const payload = await sealForSite(inspection, options, { config, pack }, environment, say);
  return { inspection, payload, pack, clusterName: opened?.name, hostInspected: host !== undefined };
}

async function sealForSite(
  inspection: Inspection,
  options: InspectionOptions,
  { config, pack }: { readonly config: SiteConfig; readonly pack: string | undefined },
  environment: Environment,
  say: (line: string) => void,
): Promise<SealedPayload> {
  const stateDir = stateDirectory(options.stateDir, environment);
  let pseudonyms: Pseudonyms;
  let kept = true;
  try {
    pseudonyms = await openPseudonyms(stateDir, options.keyFile);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    say(`${MESSAGES.stateUnwritable[options.locale]}: ${stateDir}`);
    pseudonyms = ephemeralPseudonyms();
    kept = false;
  }
  const { sections, gatherers, verdicts, findings, takenAt } = inspection;
  // As the agent of this pod or host: within the site's own trust domain names travel clear.
  const staysAtSite = options.role !== undefined && environment['XUNJIAN_BOUNDARY'] === 'site';
  const opened = staysAtSite ? NAME_KINDS : options.clearNames;
  const clearNames = new Set([...config.clearNames, ...opened]);
  const node = options.role === 'node' || options.role === 'host' ? { node: inspection.hostName } : {};
  const payload = seal(
    { agent: { role: options.role ?? 'inspect', version: VERSION, epoch: 0, pack, ...node }, takenAt, sections, gatherers, verdicts, findings },
    { pseudonyms, clearNames, ...(!staysAtSite && { words: config.guard.words }) },
  );
  if (kept) await keepReverseTable(stateDir, pseudonyms).catch(() => say(`${MESSAGES.stateUnwritable[options.locale]}: ${stateDir}`));
  return payload;
}

/** The host; `undefined`, with a word to the user, for a directory that is no host's root. */
async function openHost({ hostRoot: root, hostPaths, role, locale }: InspectionOptions, sampleSeconds: number, say: (line: string) => void): Promise<Host | undefined> {
  const colon = locale === 'zh' ? '：' : ': ';
  const facts = await stat(root).catch(() => undefined);
  if (!facts?.isDirectory()) throw new UsageError(`--host-root ${root}${locale === 'zh' ? '：不是目录' : ': not a directory'}`);
  const parts = await Promise.all(
    ['proc', 'etc'].map((part) =>
      stat(join(root, part)).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (!parts.includes(true)) {
    say(`--host-root ${root}${colon}${MESSAGES.notAHost[locale]}`);
    return undefined;
  }
  return await Host.at(root, { sampleMs: sampleSeconds * 1_000, now: Date.now, paths: hostPaths, kubernetesNode: role === 'node' });
}

/** The cluster, or why there is none; `undefined` when nobody configured one. */
async function openClusterOrSay(
  credential: NonNullable<InspectionOptions['credential']>,
  { locale, noHost }: InspectionOptions,
  now: () => number,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<{ cluster?: Cluster; name?: string; fault?: Reason } | undefined> {
  let server = '';
  let proxy = '';
  try {
    const read = await credential;
    if (read !== 'unconfigured') {
      server = addressOf(read.server);
      proxy = proxyOf(read.proxyUrl ?? getProxyForUrl(read.server));
      return await openClusterWith(read, getProxyForUrl, now, signal);
    }
    say(MESSAGES.noCluster[locale]);
    return undefined;
  } catch (error) {
    const colon = locale === 'zh' ? '：' : ': ';
    const after = !noHost ? MESSAGES.partial[locale] : locale === 'zh' ? '。' : '.';
    if (error instanceof ConnectionError) say(`${MESSAGES.clusterUnreachable[locale]}${colon}${connectionMessage(error, locale)}${after}`);
    else if (error instanceof KubeError)
      say(
        `${MESSAGES.clusterUnreachable[locale]}${colon}${server}${throughProxy(error, proxy, locale)}${REASON_TEXTS[error.reason][locale]}${transportHint(error, locale)}${after}`,
      );
    else throw error;
    return { fault: error instanceof KubeError ? error.reason : 'unreachable' };
  }
}

/** "https://10.0.0.1:6443 ": where an engineer must look, without user or path; empty for what is no address. */
function addressOf(server: string): string {
  return URL.canParse(server) ? `${new URL(server).origin} ` : '';
}

/** "http://10.0.0.9:3128": without the password that it may hold; empty for none. */
function proxyOf(text: string): string {
  if (!URL.canParse(text)) return '';
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}`;
}
/** Without an answer of the server, its proxy may be what is away: it is named. */
function throughProxy({ reason, status }: KubeError, proxy: string, locale: Locale): string {
  if (proxy === '' || status !== undefined || (reason !== 'unreachable' && reason !== 'timeout')) return '';
  return locale === 'zh' ? `经代理 ${proxy}（请先检查该代理）` : `through the proxy ${proxy} (check that first): `;
}

/** The transport's own error code (ECONNREFUSED, CERT_HAS_EXPIRED …): a closed word that tells an engineer where to look. */
function transportHint(error: KubeError, locale: Locale): string {
  const cause: unknown = error.cause;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^[A-Z_]{3,60}$/.test(cause.code) ? cause.code : undefined;
  if (code !== undefined) return `${hintOf(code)?.[locale] ?? ''} (${code})`;
  const status = error.status === undefined ? '' : ` (HTTP ${error.status})`;
  if (error.reason === 'unauthorized') return `${status}${MESSAGES.renewCredential[locale]}`;
  if (error.reason === 'malformed' || error.reason === 'not-served' || error.reason === 'failed') return `${status}${MESSAGES.noApiServer[locale]}`;
  return status;
}
function hintOf(code: string): Text | undefined {
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) return MESSAGES.untrusted;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return MESSAGES.otherNames;
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? MESSAGES.unknownHost : undefined;
}
