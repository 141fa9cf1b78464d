/** Reads a Tomcat: `server.xml` by allow-list, its process, and its JMX where an address was declared. */
import { type AllowedXml, elementsNamed, type KeptElement, keep, keepPresence, readAllowedXml } from '../../../host/allowed-xml.ts';
import type { Host } from '../../../host/host.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { toVersion } from '../../../wire/version.ts';
import { readContainer } from '../jvm/ask-container.ts';
import { type ContainerReading, portOfName, wholeOf } from '../jvm/container-reading.ts';
import { findDumps, pileOf } from '../jvm/dumps.ts';
import { fullGcPerHour } from '../jvm/full-collections.ts';
import { optionsOf, readCommandLineOptions, readOptionsFile } from '../jvm/options.ts';
import { installSpace, javaOf, processFacts } from '../process-facts.ts';
import type { InspectContext, ProductGatherer } from '../product.ts';

type Tomcat = Sections['middlewareTomcat'];
type Row = Tomcat['rows'][number];

export const ALLOWED: AllowedXml = {
  Server: { port: keep },
  Connector: {
    port: keep,
    protocol: keep,
    SSLEnabled: keep,
    maxThreads: keep,
    acceptCount: keep,
    connectionTimeout: keep,
    secret: keepPresence,
    requiredSecret: keepPresence,
    secretRequired: keep,
  },
  Host: { autoDeploy: keep },
  Valve: { className: keep },
};

export const tomcatGatherer: ProductGatherer<'middlewareTomcat'> = {
  async inspect(context) {
    const { instance, host } = context;
    const [asked, installed] = await Promise.all([readContainer(context), host && instance.home !== undefined ? readInstallation(context, host, instance.home) : undefined]);
    const told = asked.reading;
    const reach = asked.reachWith(installed && (installed.kept ? 'read' : 'denied'));
    const version =
      toVersion(told?.serverVersion?.replace(/^(\d+\.\d+\.\d+)\.0$/, '$1')) ?? // `serverNumber` has a fourth part that no release has
      toVersion(/tomcat-(\d+\.\d+\.\d+)/.exec(instance.home ?? '')?.[1]) ??
      instance.version;
    const mode = instance.mode ?? 'standalone';
    const kept = installed?.kept ?? [];
    const { startedAt, openFiles, openFilesLimit, javaMajor, ...jvm } = told?.jvm ?? {};
    const live = told
      ? Object.fromEntries(
          Object.entries({ ...jvm, fullGcPerHour: fullGcPerHour(context, { ...jvm, startedAt }), startedAt, openFiles, openFilesLimit, javaMajor, running: true }).filter(
            ([, value]) => value !== undefined,
          ),
        )
      : {};
    const row: Row = { instance: instance.id, version, mode, reach, configurationRead: installed?.kept !== undefined, ...installed?.row, ...live };
    const main = elementsNamed(kept, 'Connector').find(({ attributes }) => !isAjp(attributes))?.attributes;
    return {
      mode,
      version,
      reach,
      members: asked.members,
      lists: {
        rows: [row],
        connectors: connectorRows(instance.id, kept, told),
        applications: (told?.applications ?? []).map(({ context: path, state, sessions, rejectedSessions }) => ({
          instance: instance.id,
          application: path === '' ? '/' : path,
          state,
          sessions,
          rejectedSessions,
        })),
      },
      settings: [
        { key: 'autoDeploy', value: row.autoDeploy },
        { key: 'maxThreads', value: main?.['maxThreads'] },
        { key: 'acceptCount', value: main?.['acceptCount'] },
        { key: 'connectionTimeout', value: main?.['connectionTimeout'] },
        { key: 'jvm.xms', value: row.heapStartBytes },
        { key: 'jvm.xmx', value: row.heapMostBytes },
      ],
    };
  },
};

async function readInstallation({ instance, signal }: InspectContext, host: Host, home: string): Promise<{ row: Partial<Row>; kept?: readonly KeptElement[] | undefined }> {
  const { pid } = instance.members[0] ?? {};
  const [kept, process, setenv, commandLine, java, space, dumps, logs] = await Promise.all([
    readAllowedXml(host, `${home}/conf/server.xml`, ALLOWED).catch(() => undefined),
    pid === undefined ? { running: false } : processFacts(host, pid),
    readOptionsFile(host, `${home}/bin/jvm.options`),
    pid === undefined ? undefined : readCommandLineOptions(host, pid),
    pid === undefined ? undefined : javaOf(host, pid),
    installSpace(host, home),
    findDumps(host, [home, `${home}/bin`, `${home}/logs`], signal),
    pileOf(host, `${home}/logs`, signal),
  ]);
  const options = commandLine ?? setenv;
  return {
    kept,
    row: {
      ...(kept && configurationOf(kept)),
      ...process,
      ...(java !== undefined && { javaMajor: java }),
      ...(options && optionsOf(options)),
      ...space,
      ...dumps,
      ...(logs && { logBytes: logs.bytes }),
    },
  };
}

export function configurationOf(kept: readonly KeptElement[]): Partial<Row> {
  const hosts = elementsNamed(kept, 'Host');
  const port = Number(elementsNamed(kept, 'Server')[0]?.attributes['port'] ?? '8005');
  const ajp = elementsNamed(kept, 'Connector').filter(({ attributes }) => isAjp(attributes));
  return {
    autoDeploy: hosts.length === 0 ? undefined : hosts.some(({ attributes }) => attributes['autoDeploy'] !== 'false'), // true is its default
    accessLog: elementsNamed(kept, 'Valve').some(({ attributes }) => attributes['className']?.endsWith('AccessLogValve') === true),
    shutdownPort: port > 0,
    ajpOpen: ajp.some(({ attributes: one }) => one['secret'] !== 'yes' && one['requiredSecret'] !== 'yes'),
  };
}
function isAjp(attributes: KeptElement['attributes']): boolean {
  return attributes['protocol']?.toUpperCase().includes('AJP') === true;
}

function connectorRows(instance: string, kept: readonly KeptElement[], told: ContainerReading | undefined): Tomcat['connectors'][number][] {
  const configured = new Map(elementsNamed(kept, 'Connector').map(({ attributes }) => [wholeOf(attributes['port']), attributes]));
  const pools = new Map((told?.threadPools ?? []).map((pool) => [portOfName(pool.name), pool]));
  const counts = new Map((told?.requests ?? []).map((one) => [portOfName(one.name), one]));
  return [...new Set([...configured.keys(), ...pools.keys()])].map((port) => {
    const set = configured.get(port);
    const pool = pools.get(port);
    return {
      instance,
      listener: String(port ?? pool?.name ?? ''),
      port,
      tls: set && set['SSLEnabled'] === 'true',
      maxThreads: pool?.maxThreads ?? wholeOf(set?.['maxThreads']) ?? (set ? 200 : undefined), // 200 is its default
      busyThreads: pool?.busyThreads,
      connections: pool?.connections,
      requests: counts.get(port)?.requests,
      errors: counts.get(port)?.errors,
      averageMs: counts.get(port)?.averageMs,
    };
  });
}
