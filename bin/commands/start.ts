/**
 * `npm start`: everything on one machine. A collector on its embedded database, an agent for this machine and one for the
 * cluster of the current kubeconfig, a first inspection with its report, and the addresses to look at.
 */
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeConsent } from '../../agent/delivery/consent.ts';
import { readIfThere } from '../../agent/site/private-file.ts';
import { VERSION } from '../../agent/version.ts';
import { enroll } from '../../collector/fleet/enroll.ts';
import { collectorLogger } from '../../collector/log.ts';
import { type Collector, openStore, StartError, startCollector, startFields } from '../../collector/main.ts';
import { secretBoxOf } from '../../collector/notify/secret-box.ts';
import { publicUrlOf } from '../../collector/public-url.ts';
import { loadPolicies } from '../../collector/support/policies.ts';
import { COLLECTOR_OPTIONS, collectorConfig, startFault } from '../collector-options.ts';
import type { CommandContext } from '../context.ts';
import { credentialSource } from '../credential-source.ts';
import { type Demo, keepTelling, tellHistory } from '../demo/demo.ts';
import { ExitCode } from '../exit-code.ts';
import { LocalAgent } from '../local-agent.ts';
import { PACKS } from '../pack-content.ts';
import { KNOWLEDGE } from '../report-knowledge.ts';
import { type SiteFolders, siteDesk } from '../site-desk.ts';
import { likelyZone } from '../support-terms.ts';
import { parseOptions, UsageError } from '../terminal/arguments.ts';
import { checkTexts } from './collector.ts';

const OPTIONS = {
  ...COLLECTOR_OPTIONS,
  demo: { type: 'boolean' },
  out: { type: 'string' },
  customer: { type: 'string' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  'no-host': { type: 'boolean' },
  'no-cluster': { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>;

export async function startCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const values = parseOptions(args, OPTIONS);
  const { locale, print, complain, signal } = context;
  const zh = locale === 'zh';
  const config = await configOf(values, context);
  const logger = collectorLogger(config.logLevel, process.stderr);
  try {
    const demo = values.demo ? await rebuildDemo(config, context) : undefined;
    await using stack = new AsyncDisposableStack();
    const site = siteDesk(
      await siteFolders(config.dataDir).catch((error: unknown) => {
        throw new StartError('data-dir', error);
      }),
    );
    const collector = stack.use(await startCollector({ config, logger, checkTexts, packs: PACKS, knowledge: KNOWLEDGE, site, version: VERSION }));
    print(`${zh ? '控制端与 API' : 'collector and API'}  ${collector.url}`);
    if (collector.setupLink !== undefined) print(`${zh ? '首个管理员的一次性链接（24 小时内有效）' : "first administrator's one-time link (24 hours)"}\n  ${collector.setupLink}`);
    const agents = await localAgents(values, config.dataDir, collector, context);
    for (const agent of agents) {
      stack.use(agent);
      await agent.start();
      print(`${zh ? '已启动 agent，日志' : 'agent started, its log'}  ${agent.log}`);
    }
    const ending = new AbortController();
    stack.defer(() => ending.abort());
    if (demo) keepTelling(demo, collector.wired, ending.signal).catch((error: unknown) => logger.error(startFields(error), 'the demo has stopped'));
    await firstReport(values, context);
    if (!signal.aborted)
      print(
        `\n${zh ? '持续巡检中，发现的问题会在一分钟内成为事件。按 Ctrl-C 停止。' : 'Watching: what is found becomes an incident within a minute. Ctrl-C stops.'}  ${collector.url}`,
      );
    await aborted(signal);
    print(zh ? '正在停止…' : 'stopping…');
  } catch (error) {
    logger.error(startFields(error), 'cannot start');
    complain(startFault(error, config, locale));
    return ExitCode.usage;
  }
  return ExitCode.healthy;
}

/** Where this machine's agents keep what they have, and read what may leave: everything, until somebody decides otherwise in the console. */
async function siteFolders(dataDir: string): Promise<SiteFolders & { readonly consentFolder: string }> {
  const consentFolder = join(dataDir, CONSENT);
  if ((await readIfThere(join(consentFolder, 'level'))) === undefined) await writeConsent(consentFolder, { level: 'full', hold: 0 });
  return { stateDirs: AGENT_FOLDERS.map((name) => join(dataDir, name)), consentFolder };
}
const CONSENT = 'consent';
const AGENT_FOLDERS = ['agent-host', 'agent-cluster'] as const;

/** The demo has a database of its own, so that nobody's data stands beside invented data by mistake. */
async function configOf(values: Values, context: CommandContext): Promise<Awaited<ReturnType<typeof collectorConfig>>> {
  const config = await collectorConfig({ 'log-level': 'warn', ...values }, context);
  if (!values.demo) return config;
  if (!config.database.url.startsWith('sqlite:') || config.database.urlFile !== undefined)
    throw new UsageError(context.locale === 'zh' ? '--demo 只能用于内置数据库，请去掉 --database' : '--demo works on the embedded database only: leave --database out');
  return { ...config, database: { ...config.database, url: `sqlite:${join(config.dataDir, 'demo.db')}` } };
}

/** A fresh month of the demo's data, up to now. */
async function rebuildDemo(config: Awaited<ReturnType<typeof collectorConfig>>, { locale, print }: CommandContext): Promise<Demo> {
  print(locale === 'zh' ? '正在生成演示数据（虚构，约十秒）…' : "making the demo's data (synthetic, some ten seconds)…");
  for (const part of ['', '-wal', '-shm']) await rm(`${config.database.url.replace(/^sqlite:/, '')}${part}`, { force: true });
  await using database = await openStore(config);
  const box = await secretBoxOf(config.keyFile ?? join(config.dataDir, 'secret.key'));
  const quiet = collectorLogger('error', process.stderr);
  const policies = loadPolicies(config.policiesDir);
  return await tellHistory({ database, logger: quiet, box, policies, checkTexts, version: VERSION, publicUrl: publicUrlOf(config), locale }, Math.floor(Date.now() / 1_000));
}

async function localAgents(values: Values, dataDir: string, { database, url, wired }: Collector, { locale, environment }: CommandContext): Promise<readonly LocalAgent[]> {
  const agents: LocalAgent[] = [];
  const zone = likelyZone();
  const customer = values.customer ?? (locale === 'zh' ? '本地' : 'Local');
  /** The token of the last start while it is valid: agents keep their identity over restarts. */
  const tokenOf = async (folder: string, cluster: string, kind: 'hosts' | 'kubernetes'): Promise<string> => {
    const known = (await readIfThere(join(folder, 'token')))?.toString('utf8');
    if (known !== undefined && (await wired.deps.credentials.authenticate(known)) !== undefined) return known;
    return (await enroll(database, wired.deps.policies, { customer, cluster, policy: 'daocloud', tier: 'standard', zone, locale, kind }, Date.now())).token;
  };
  const consent = ['--consent-folder', join(dataDir, CONSENT)];
  if (!values['no-host']) {
    const folder = join(dataDir, 'agent-host');
    agents.push(new LocalAgent({ folder, role: 'host', collector: url, token: await tokenOf(folder, hostname(), 'hosts'), args: consent }));
  }
  const source = values['no-cluster'] ? undefined : await credentialSource(values, environment);
  if (source) {
    const args = [
      ...consent,
      ...(values.kubeconfig === undefined ? [] : ['--kubeconfig', resolve(values.kubeconfig)]),
      ...(values.context === undefined ? [] : ['--context', values.context]),
    ];
    const folder = join(dataDir, 'agent-cluster');
    agents.push(new LocalAgent({ folder, role: 'cluster', collector: url, token: await tokenOf(folder, values.context ?? 'kubernetes', 'kubernetes'), args }));
  }
  return agents;
}

/** The inspection that `xunjian inspect` makes, with its report files and its summary on the terminal. */
async function firstReport(values: Values, { signal }: CommandContext): Promise<void> {
  const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../xunjian.ts' : '../xunjian.js', import.meta.url));
  const given = (['out', 'customer', 'kubeconfig', 'context', 'lang'] as const).flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
  const switches = (['no-host', 'no-cluster'] as const).flatMap((name) => (values[name] ? [`--${name}`] : []));
  const child = fork(script, ['inspect', '--fail-on', 'never', ...given, ...switches], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
