/** Reads a TongWeb: its installation where this process sees the machine, its JMX where an address was declared. */
import { readAllowedXml } from '../../../host/allowed-xml.ts';
import type { Host } from '../../../host/host.ts';
import { countPatterns, type PatternCount } from '../../../host/log-counts.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { TONGWEB_LOG_PATTERNS } from '../../../wire/sections/middleware/tongweb.ts';
import { toVersion } from '../../../wire/version.ts';
import { readContainer } from '../jvm/ask-container.ts';
import type { ContainerReading } from '../jvm/container-reading.ts';
import { findDumps, pileOf } from '../jvm/dumps.ts';
import { fullGcPerHour } from '../jvm/full-collections.ts';
import { logFilesIn, logLimits } from '../jvm/log-files.ts';
import { optionsOf, readCommandLineOptions, readOptionsFile } from '../jvm/options.ts';
import { installSpace, javaOf, processFacts, waitingByPort } from '../process-facts.ts';
import type { InspectContext, ProductGatherer, RawSetting, Reading } from '../product.ts';
import { ALLOWED, type Configuration, configurationOf } from './configuration.ts';
import { readByConsole } from './console-rest.ts';
import { embeddedLicense } from './embedded.ts';
import { licenseOf, parseVersionOutput, readLicenseFiles } from './license.ts';
import { TONGWEB_PATTERNS } from './log-patterns.ts';
import { applicationRows, datasourceRows, listenerRows } from './merge.ts';
import { readOwnInspection } from './own-inspection.ts';

type Tongweb = Sections['middlewareTongweb'];
type Row = Tongweb['rows'][number];
/** `console: /console/rest/api`: where the console of TongWeb 7 answers. */
const CONSOLE = { option: 'console', read: readByConsole };
const WIRE_PATTERNS: ReadonlySet<string> = new Set(TONGWEB_LOG_PATTERNS);

/** What the files and the process of an installation tell. */
interface Installed {
  readonly row: Partial<Row>;
  readonly configuration?: Configuration | undefined;
  readonly logPatterns: readonly Tongweb['logPatterns'][number][];
  readonly settings: readonly RawSetting[];
  readonly version?: string | undefined;
  readonly waiting?: ReadonlyMap<number, number> | undefined;
  /** A server inside an application: there is no installation. */
  readonly embedded?: boolean | undefined;
}

export const tongwebGatherer: ProductGatherer<'middlewareTongweb'> = {
  async inspect(context) {
    const { instance, host } = context;
    const home = instance.home;
    const [asked, installed] = await Promise.all([
      readContainer(context, CONSOLE),
      host && (home === undefined ? readProcess(context, host) : readInstallation(context, host, home)),
    ]);
    const told = asked.reading;
    const version = installed?.version ?? toVersion(told?.serverVersion) ?? instance.version;
    const reach = asked.reachWith(installed && (installed.configuration || home === undefined ? 'read' : 'denied'));
    const parts = {
      instance: instance.id,
      configuration: installed?.configuration,
      told,
      listening: instance.members[0]?.listening,
      waiting: installed?.waiting,
      running: installed?.row.running,
    };
    const row: Row = {
      instance: instance.id,
      version,
      mode: instance.mode ?? (installed?.embedded || instance.marks?.embedded ? 'embedded' : 'standalone'),
      reach,
      line: installed?.embedded || instance.marks?.embedded ? 'embedded' : lineOf(version, home),
      configurationRead: installed?.configuration !== undefined,
      ...marked(instance),
      ...installed?.row,
      ...jvmFields(told),
      ...(told && { fullGcPerHour: fullGcPerHour(context, told.jvm) }),
    };
    const reading: Reading<'middlewareTongweb'> = {
      mode: row.mode,
      version,
      reach,
      members: asked.members,
      lists: { rows: [row], listeners: listenerRows(parts), datasources: datasourceRows(parts), applications: applicationRows(parts), logPatterns: installed?.logPatterns ?? [] },
      settings: installed?.settings ?? [],
    };
    return reading;
  },
};

/** What the specification of its pods tells. */
function marked({ marks }: InspectContext['instance']): Partial<Row> {
  if (!marks) return {};
  const { licenseFrom, licensePath, heapStartBytes, heapMostBytes, metaspaceMostBytes, memoryLimitBytes } = marks;
  return { licenseFrom, licensePath, heapStartBytes, heapMostBytes, metaspaceMostBytes, memoryLimitBytes };
}
/** An embedded TongWeb has no folder of its own: its process and its licence are what the host tells. */
async function readProcess({ instance }: InspectContext, host: Host): Promise<Installed | undefined> {
  const { pid } = instance.members[0] ?? {};
  if (pid === undefined) return undefined;
  const [process, licensePath, commandLine, java] = await Promise.all([processFacts(host, pid), embeddedLicense(host, pid), readCommandLineOptions(host, pid), javaOf(host, pid)]);
  const row = { ...process, licensePath, ...(java !== undefined && { javaMajor: java }), ...(commandLine && optionsOf(commandLine)) };
  return { row, logPatterns: [], settings: jvmSettings(row), embedded: true };
}
/** @param home TongWeb 6 and 7: the installation; 8: one of its domains */
async function readInstallation({ instance, now, signal }: InspectContext, host: Host, home: string): Promise<Installed> {
  const root = home.replace(/\/domains\/[^/]+$/, '');
  const { pid } = instance.members[0] ?? {};
  const [xml, console, process, waiting] = await Promise.all([
    readAllowedXml(host, `${home}/conf/tongweb.xml`, ALLOWED).catch(() => undefined),
    readAllowedXml(host, `${home}/conf/console.xml`, ALLOWED).catch(() => []),
    pid === undefined ? { running: false } : processFacts(host, pid),
    pid === undefined ? undefined : waitingByPort(host, pid),
  ]);
  const configuration = xml && configurationOf(xml, console);
  const [jvm, logs, versionOutput, own] = await Promise.all([
    readJvm(host, root, pid, configuration),
    readLogs(host, home, logLimits(now, instance.options), signal),
    withPath(instance.options['versionFile'], async (path) => await host.read(path, { maxBytes: 64 * 1024 }).catch(() => undefined)),
    withPath(instance.options['inspection'], async (path) => await readOwnInspection(host, path)),
  ]);
  return {
    configuration,
    waiting,
    version: versionIn(versionOutput) ?? (await installedVersion(host, root)),
    row: {
      ...configuration?.row,
      ...process,
      ...jvm,
      ...(await readPiles(host, root, home, signal)),
      logComplete: logs.complete,
      logFiles: logs.read,
      ...own,
      ...(await readLicense(host, root, versionOutput, logs.counts)),
    },
    logPatterns: logs.counts.flatMap(({ pattern, count, previous, firstAt, lastAt }) =>
      logs.read === 0 || !isOnWire(pattern) ? [] : [{ instance: instance.id, pattern, count, previous, firstAt, lastAt }],
    ),
    settings: [...(configuration?.settings ?? []), ...jvmSettings(jvm)],
  };
}
async function withPath<T>(option: unknown, read: (path: string) => Promise<T | undefined>): Promise<T | undefined> {
  return typeof option === 'string' && option.startsWith('/') ? await read(option) : undefined;
}

/** Options of the file, of the configuration (TongWeb 8) and of the running process, the last of which win. */
async function readJvm(host: Host, root: string, pid: string | undefined, configuration: Configuration | undefined): Promise<Partial<Row>> {
  const [file, commandLine, java] = await Promise.all([
    readOptionsFile(host, `${root}/bin/external.vmoptions`),
    pid === undefined ? undefined : readCommandLineOptions(host, pid),
    pid === undefined ? undefined : javaOf(host, pid),
  ]);
  const configured = configuration?.jvmOptions ?? [];
  const isRead = file !== undefined || commandLine !== undefined || configured.length > 0;
  return { ...(java !== undefined && { javaMajor: java }), ...(isRead && optionsOf([...(file ?? []), ...configured, ...(commandLine ?? [])])) };
}
function jvmSettings({ heapStartBytes, heapMostBytes, metaspaceMostBytes }: Partial<Row>): RawSetting[] {
  return [
    { key: 'jvm.xms', value: heapStartBytes },
    { key: 'jvm.xmx', value: heapMostBytes },
    { key: 'jvm.max-metaspace', value: metaspaceMostBytes },
  ];
}

async function readPiles(host: Host, root: string, home: string, signal: AbortSignal): Promise<Partial<Row>> {
  const [space, dumps, snapshots, logs] = await Promise.all([
    installSpace(host, home),
    findDumps(host, [...new Set([`${root}/bin`, root, home, `${home}/logs`, `${home}/logs/jvm`])], signal),
    pileOf(host, `${home}/snapshot`, signal),
    pileOf(host, `${home}/logs`, signal),
  ]);
  return {
    ...space,
    ...dumps,
    ...(snapshots && { snapshots: snapshots.count, snapshotBytes: snapshots.bytes, newestSnapshotAt: snapshots.newestAt }),
    ...(logs && { logBytes: logs.bytes }),
  };
}

async function readLicense(host: Host, root: string, versionOutput: string | undefined, counts: readonly PatternCount[]): Promise<Partial<Row>> {
  const file = `${root}/license.dat`;
  const files = [...(await readLicenseFiles(host, [file])), ...(versionOutput === undefined ? [] : [parseVersionOutput(versionOutput)])];
  const changedAt = await host.modifiedAt(file);
  const license = licenseOf(files, counts, changedAt);
  return { ...license, licenseState: license.licenseState ?? (changedAt === undefined ? 'missing' : undefined) };
}
function isOnWire(pattern: string): pattern is Tongweb['logPatterns'][number]['pattern'] {
  return WIRE_PATTERNS.has(pattern);
}
async function readLogs(host: Host, home: string, limits: Parameters<typeof countPatterns>[3], signal: AbortSignal) {
  const files = [
    ...(await logFilesIn(host, `${home}/logs`, /^server[\w.-]*\.log[\w.-]*$/, signal)),
    ...(await logFilesIn(host, `${home}/logs/server`, /^server[\w.-]*\.log[\w.-]*$/, signal)),
  ];
  return await countPatterns(host, files, TONGWEB_PATTERNS, limits, signal);
}

/** `TongWeb 7.0.4.8` in the output of version.sh (`Server Version: 8.0.9` in 8). */
function versionIn(output: string | undefined): string | undefined {
  return toVersion(/TongWeb[ /](\d[\w.]{0,40})/.exec(output ?? '')?.[1] ?? /^Server Version:\s*(\d[\w.]{0,40})/m.exec(output ?? '')?.[1]);
}
/** TongWeb 8 names a folder after its version: `version8.0.9.1`. */
async function installedVersion(host: Host, root: string): Promise<string | undefined> {
  const { names } = await host.list(root).catch(() => ({ names: [] }));
  const named = names.map((name) => /^version-?(\d[\w.]{0,40})$/.exec(name)?.[1]).find((one) => one !== undefined);
  return toVersion(named ?? /TongWeb[-_]?(\d+(?:\.\w+){2,6})$/i.exec(root)?.[1]);
}
export function lineOf(version: string | undefined, home: string | undefined): Row['line'] {
  if (version !== undefined && /^7\.0\.e/i.test(version)) return 'embedded';
  if (version?.startsWith('8') || /^7\.0\.8(\.|$)/.test(version ?? '')) return 'tongweb-8';
  if (version?.startsWith('7')) return 'tongweb-7';
  if (version?.startsWith('6')) return 'tongweb-6';
  if (home === undefined) return 'unknown';
  if (/\/domains\/[^/]+$/.test(home)) return 'tongweb-8';
  const digit = /TongWeb[-_]?([678])/i.exec(home)?.[1];
  return digit === '6' ? 'tongweb-6' : digit === '7' ? 'tongweb-7' : digit === '8' ? 'tongweb-8' : 'unknown';
}
/** What JMX tells goes before what files say, where both do. */
function jvmFields(told: ContainerReading | undefined): Partial<Row> {
  if (!told) return {};
  const { startedAt, openFiles, openFilesLimit, javaMajor, ...jvm } = told.jvm;
  const fields: Partial<Row> = { ...jvm, startedAt, openFiles, openFilesLimit, javaMajor, commits: told.commits, rollbacks: told.rollbacks, running: true };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
