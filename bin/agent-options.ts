/** Options of `xunjian agent`, from the command line, variables and the site's files. Options win over variables. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type AgentOptions, ROLES } from '../agent/agent-options.ts';
import { isCron, isTimeZone } from '../agent/runtime/cron.ts';
import { NAME_KINDS } from '../agent/wire/vocabulary.ts';
import type { CommandContext } from './context.ts';
import { DELIVERY_OPTIONS, deliveryOptions } from './delivery-options.ts';
import { siteFilesOf } from './site-file-paths.ts';
import { notOneOf, parseKinds, parseOptions, UsageError } from './terminal/arguments.ts';

const OPTIONS = {
  role: { type: 'string' },
  schedule: { type: 'string' },
  'time-zone': { type: 'string' },
  'jitter-seconds': { type: 'string' },
  'run-at-start': { type: 'boolean' },
  'state-dir': { type: 'string' },
  'key-file': { type: 'string' },
  'host-root': { type: 'string' },
  'host-paths': { type: 'string' },
  'packs-dir': { type: 'string' },
  'node-name': { type: 'string' },
  listen: { type: 'string' },
  'deadline-seconds': { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  'lease-namespace': { type: 'string' },
  'lease-name': { type: 'string' },
  config: { type: 'string' },
  suppressions: { type: 'string' },
  'clear-names': { type: 'string', multiple: true },
  'log-level': { type: 'string' },
  ...DELIVERY_OPTIONS,
  lang: { type: 'string' },
} as const;

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Plain data, so that it can cross a process. */
export interface AgentStart {
  readonly options: AgentOptions;
  readonly logLevel: (typeof LEVELS)[number];
}

/** @throws UsageError */
export async function agentStart(args: readonly string[], context: CommandContext): Promise<AgentStart> {
  const values = parseOptions(args, OPTIONS);
  const options = await agentOptions(values, context);
  const given = values['log-level'] ?? context.environment['XUNJIAN_LOG_LEVEL'] ?? 'info';
  const logLevel = LEVELS.find((known) => known === given);
  if (!logLevel) throw notOneOf('--log-level', given, LEVELS);
  return { options, logLevel };
}

async function agentOptions(values: Values, context: CommandContext): Promise<AgentOptions> {
  const { environment } = context;
  const given = values.role ?? environment['XUNJIAN_ROLE'];
  const role = ROLES.find((known) => known === given);
  if (given === undefined) throw new UsageError({ zh: `请给出 --role：${ROLES.join('、')}`, en: `--role is missing: one of ${ROLES.join(', ')}` });
  if (!role) throw notOneOf('--role', given, ROLES);
  const site = await siteOptions(values, context);
  const delivery = await deliveryOptions(values, context);
  return {
    role,
    ...scheduleOptions(values, context),
    ...placeOptions(values, environment),
    sampleMs: site.sampleSeconds * 1_000,
    ...(role === 'cluster' && { credential: await clusterCredential(values, environment) }),
    lease: {
      namespace: values['lease-namespace'] ?? environment['POD_NAMESPACE'] ?? 'default',
      name: values['lease-name'] ?? 'xunjian-cluster-agent',
      identity: `${environment['POD_NAME'] ?? hostname()}_${randomBytes(4).toString('hex')}`,
    },
    ...site,
    delivery,
    ...(delivery?.boundary !== 'site' && { guardWords: site.guardWords }),
    // Within the site's own trust domain names travel clear; over its border only those that it has opened.
    clearNames: delivery?.boundary === 'site' ? NAME_KINDS : site.clearNames,
  };
}

function scheduleOptions(values: Values, { environment, locale }: CommandContext): Pick<AgentOptions, 'cron' | 'timeZone' | 'jitterMs' | 'runAtStart' | 'deadlineMs'> {
  const cron = values.schedule ?? environment['XUNJIAN_SCHEDULE'] ?? '0 2 * * *';
  if (!isCron(cron)) throw new UsageError(`--schedule: ${locale === 'zh' ? '不是有效的 cron 表达式' : 'not a cron expression'}: ${JSON.stringify(cron.slice(0, 80))}`);
  const timeZone = values['time-zone'] ?? environment['XUNJIAN_TIME_ZONE'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(timeZone)) throw new UsageError(`--time-zone: ${locale === 'zh' ? '未知时区' : 'unknown time zone'}: ${JSON.stringify(timeZone.slice(0, 80))}`);
  return {
    cron,
    timeZone,
    jitterMs: seconds('--jitter-seconds', values['jitter-seconds'] ?? environment['XUNJIAN_JITTER_SECONDS'] ?? '60', 86_400) * 1_000,
    runAtStart: values['run-at-start'] ?? environment['XUNJIAN_RUN_AT_START'] === 'true',
    deadlineMs: seconds('--deadline-seconds', values['deadline-seconds'] ?? '900', 86_400) * 1_000,
  };
}

function placeOptions(
  values: Values,
  environment: CommandContext['environment'],
): Pick<AgentOptions, 'stateDir' | 'keyFile' | 'packsDir' | 'hostRoot' | 'hostPaths' | 'nodeName' | 'listen'> {
  const paths = values['host-paths'] ?? environment['XUNJIAN_HOST_PATHS'];
  return {
    stateDir: resolve(values['state-dir'] ?? environment['XUNJIAN_STATE_DIR'] ?? '/var/lib/xunjian'),
    keyFile: values['key-file'] ?? environment['XUNJIAN_KEY_FILE'],
    packsDir: values['packs-dir'] ?? environment['XUNJIAN_PACKS_DIR'],
    hostRoot: values['host-root'] ?? environment['XUNJIAN_HOST_ROOT'] ?? '/',
    hostPaths: paths
      ?.split(',')
      .map((path) => path.trim())
      .filter((path) => path !== ''),
    nodeName: values['node-name'] ?? environment['NODE_NAME'],
    listen: listenAddress(values.listen ?? environment['XUNJIAN_LISTEN'] ?? '127.0.0.1:9464'),
  };
}

/** The files of the site. zod and yaml are loaded only when there is a file. */
async function siteOptions(
  { 'clear-names': kinds = [], ...values }: Values,
  { locale, environment }: CommandContext,
): Promise<
  Pick<AgentOptions, 'settings' | 'suppressions' | 'optOut' | 'clearNames' | 'guardWords' | 'triggers' | 'fastIntervalMs' | 'middleware' | 'remoteRequests'> & {
    sampleSeconds: number;
  }
> {
  const clear = parseKinds(kinds);
  const { config, suppressions } = siteFilesOf(values, environment);
  if (config === undefined && suppressions === undefined) return { settings: {}, suppressions: [], optOut: [], clearNames: clear, sampleSeconds: 3 };
  const { readSiteConfig, readSuppressions } = await import('./site-files.ts');
  const site = await readSiteConfig(config, locale);
  return {
    settings: site.checks,
    optOut: site.optOut,
    guardWords: site.guard.words,
    middleware: site.middleware,
    clearNames: [...new Set([...site.clearNames, ...clear])],
    triggers: { settings: site.triggers, maintenance: site.maintenance },
    fastIntervalMs: site.fastPath.intervalSeconds * 1_000,
    remoteRequests: site.remoteRequests,
    sampleSeconds: site.sampleSeconds,
    suppressions: await readSuppressions(suppressions, locale),
  };
}

async function clusterCredential(values: Values, environment: CommandContext['environment']): Promise<AgentOptions['credential']> {
  const { credentialSource } = await import('./credential-source.ts');
  const source = await credentialSource(values, environment);
  if (!source)
    throw new UsageError({ zh: '--role cluster 需要 --kubeconfig FILE：没有找到集群的凭据', en: '--role cluster needs --kubeconfig FILE: no credential of a cluster was found' });
  return source;
}

function seconds(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || value > max || text.trim() === '')
    throw new UsageError({
      zh: `${option}：应为 0…${max} 的数字，得到 ${JSON.stringify(text.slice(0, 40))}`,
      en: `${option}: a number of 0…${max} expected, not ${JSON.stringify(text.slice(0, 40))}`,
    });
  return value;
}

function listenAddress(text: string): AgentOptions['listen'] {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([\w.-]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65_535)
    throw new UsageError({
      zh: `--listen：应为 主机:端口，得到 ${JSON.stringify(text.slice(0, 80))}`,
      en: `--listen: HOST:PORT expected, not ${JSON.stringify(text.slice(0, 80))}`,
    });
  return { host: match[1] ?? (match[2] || '0.0.0.0'), port };
}
