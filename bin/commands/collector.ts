/** `xunjian collector`: the server; `collector link`: a new administrator's link; `collector enroll`: a cluster in one step. */

import { CHECKS } from '../../agent/checks/index.ts';
import { VERSION } from '../../agent/version.ts';
import { Accounts } from '../../collector/access/accounts.ts';
import { PasswordHasher } from '../../collector/access/password.ts';
import { AppError } from '../../collector/errors.ts';
import { enroll } from '../../collector/fleet/enroll.ts';
import { setupUrl } from '../../collector/http/routes/user-routes.ts';
import type { CheckTexts } from '../../collector/incident-news.ts';
import { collectorLogger } from '../../collector/log.ts';
import { openStore, type StartError, startCollector, startFields } from '../../collector/main.ts';
import { publicUrlOf } from '../../collector/public-url.ts';
import type { Db } from '../../collector/store/database.ts';
import { readSetting, SETTINGS } from '../../collector/store/setting-store.ts';
import { loadPolicies } from '../../collector/support/policies.ts';
import { COLLECTOR_OPTIONS, collectorConfig, startFault } from '../collector-options.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-code.ts';
import { PACKS } from '../pack-content.ts';
import { KNOWLEDGE } from '../report-knowledge.ts';
import { siteDesk } from '../site-desk.ts';
import { siteNames } from '../site-names.ts';
import { chosenZone, likelyZone } from '../support-terms.ts';
import { notOneOf, parseOptions, UsageError } from '../terminal/arguments.ts';

/** What has not ended by then after a signal is left: the orchestrator would kill it anyway. */
const STOP_WITHIN_MS = 28_000;

export async function collectorCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, { ...COLLECTOR_OPTIONS, 'new-key': { type: 'boolean' } });
  const config = await collectorConfig(values, context);
  const { locale, print, complain, signal } = context;
  // What people read is on standard output, the log beside it.
  const logger = collectorLogger(config.logLevel, process.stderr);
  try {
    const site = config.site && siteDesk(config.site);
    await using collector = await startCollector({
      ...{ config, logger, checkTexts, site, packs: PACKS, border: await siteNames(config), knowledge: KNOWLEDGE, version: VERSION },
      replaceKey: values['new-key'],
    });
    print(`${locale === 'zh' ? '收集端已启动' : 'collector started'}  ${collector.url}`);
    if (collector.setupLink !== undefined)
      print(`${locale === 'zh' ? '首个管理员的一次性链接（24 小时内有效）' : "first administrator's one-time link (24 hours)"}  ${collector.setupLink}`);
    await aborted(signal);
    setTimeout(() => process.exit(ExitCode.healthy), STOP_WITHIN_MS + config.drainSeconds * 1_000).unref();
  } catch (error) {
    logger.error(startFields(error), 'the collector cannot run');
    complain(startFault(error as StartError, config, locale));
    return ExitCode.usage;
  }
  return ExitCode.healthy;
}

const TEXTS_OF_CHECKS = new Map(CHECKS.map(({ id, title, why, remedy, source }) => [id, { title, why, remedy, source }]));
export const checkTexts: CheckTexts = (id) => TEXTS_OF_CHECKS.get(id);

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** For who can reach the database: an administrator who lost the password makes another one. */
export async function linkCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const config = await collectorConfig(parseOptions(args, COLLECTOR_OPTIONS), context);
  return await withDatabase(config, context, async (database) => {
    const { secret } = await new Accounts(database, new PasswordHasher()).administratorLink(Date.now());
    context.print(setupUrl(await urlOf(config, database.db), secret));
  });
}

const ENROLL = {
  ...COLLECTOR_OPTIONS,
  customer: { type: 'string' },
  cluster: { type: 'string' },
  policy: { type: 'string' },
  tier: { type: 'string' },
  zone: { type: 'string' },
  kind: { type: 'string' },
  for: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export async function enrollCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, ENROLL);
  const { customer, cluster, policy = 'daocloud', tier = 'standard', kind = 'kubernetes', for: holder = 'agent', json } = values;
  if (customer === undefined || cluster === undefined) throw new UsageError('xunjian collector enroll --customer NAME --cluster NAME [--policy daocloud --tier standard]');
  if (kind !== 'kubernetes' && kind !== 'hosts') throw notOneOf('--kind', String(kind), ['kubernetes', 'hosts']);
  if (holder !== 'agent' && holder !== 'collector') throw notOneOf('--for', String(holder), ['agent', 'collector']);
  const zone = values.zone === undefined ? likelyZone() : chosenZone(values.zone, context.locale);
  const config = await collectorConfig(values, context);
  return await withDatabase(config, context, async (database) => {
    const enrolled = await enroll(database, loadPolicies(config.policiesDir), { customer, cluster, policy, tier, zone, kind, locale: context.locale, holder }, Date.now());
    const url = await urlOf(config, database.db);
    if (json) context.print(JSON.stringify({ ...enrolled, collector: url }));
    else for (const line of holder === 'collector' ? federationLines(enrolled, url, cluster, context) : enrolledLines(enrolled, url, kind, context)) context.print(line);
  });
}

function zoneLine(zone: string, isZh: boolean): string {
  return isZh ? `时区  ${zone}（合同的服务时段按它计算；新客户可用 --zone 指定）` : `zone     ${zone} (the contract's hours count in it; for a new customer --zone says another)`;
}

function enrolledLines(
  { token, customerId, clusterId, contract, zone }: Awaited<ReturnType<typeof enroll>>,
  url: string,
  kind: 'kubernetes' | 'hosts',
  { locale }: CommandContext,
): string[] {
  const zh = locale === 'zh';
  const role = kind === 'hosts' ? 'host' : 'cluster --kubeconfig ~/.kube/config';
  const agent = `xunjian agent --role ${role} --state-dir ./xunjian-agent --collector ${url} --token-file xunjian-token --run-at-start`;
  return [
    `${zh ? '客户' : 'customer'} ${customerId}`,
    `${zh ? '集群' : 'cluster'}  ${clusterId}  ${contract}`,
    zoneLine(zone, zh),
    `${zh ? '令牌（只显示这一次）' : 'token (shown this once)'}  ${token}`,
    '',
    zh ? '在该站点运行：' : 'Run at the site:',
    `  (umask 077; printf %s '${token}' > xunjian-token)`,
    `  ${agent}`,
  ];
}

/** What the site's own collector needs in its configuration file. */
function federationLines({ token, customerId, clusterId, contract, zone }: Awaited<ReturnType<typeof enroll>>, url: string, cluster: string, { locale }: CommandContext): string[] {
  const zh = locale === 'zh';
  return [
    `${zh ? '客户' : 'customer'} ${customerId}`,
    `${zh ? '集群' : 'cluster'}  ${clusterId}  ${contract}`,
    zoneLine(zone, zh),
    `${zh ? '令牌（只显示这一次）' : 'token (shown this once)'}  ${token}`,
    '',
    zh ? '在站点收集端所在的机器上：' : "On the machine of the site's collector:",
    `  (umask 077; printf %s '${token}' > support.token)`,
    zh ? '并写入其 collector.yaml：' : 'and in its collector.yaml:',
    '  siteKeyFile: site.key',
    `  federation: { url: "${url}", clusters: [{ cluster: ${JSON.stringify(cluster)}, tokenFile: support.token }] }`,
  ];
}

/** As named here, else as the collector that runs on this database said when it started, else where it would listen. */
async function urlOf(config: Awaited<ReturnType<typeof collectorConfig>>, db: Db): Promise<string> {
  return config.publicUrl ?? (await readSetting(db, SETTINGS.publicUrl)) ?? publicUrlOf(config);
}

async function withDatabase(
  config: Awaited<ReturnType<typeof collectorConfig>>,
  { locale, complain }: CommandContext,
  work: (database: Awaited<ReturnType<typeof openStore>>) => Promise<void>,
): Promise<ExitCode> {
  try {
    await using database = await openStore(config);
    await work(database);
    return ExitCode.healthy;
  } catch (error) {
    complain(error instanceof AppError ? error.message : startFault(error, config, locale));
    return ExitCode.usage;
  }
}
