/**
 * `tongweb.xml` of TongWeb 6, 7 and 8, reduced to the attributes that checks look at. Passwords, users and addresses of databases are
 * not in the list: of a JDBC URL only the kind of database is kept.
 */
import { type AllowedXml, elementsNamed, type KeptElement, keep } from '../../../host/allowed-xml.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { wholeOf } from '../jvm/container-reading.ts';
import { bytesOf } from '../jvm/options.ts';
import type { RawSetting } from '../product.ts';

type Tongweb = Sections['middlewareTongweb'];
type Row = Tongweb['rows'][number];
export type Listener = Omit<Tongweb['listeners'][number], 'instance'>;
export type Datasource = Omit<Tongweb['datasources'][number], 'instance'>;
/** An application with its context path, by which JMX names it. */
export type Application = Omit<Tongweb['applications'][number], 'instance'> & { readonly context?: string | undefined };

function attributes(...names: readonly string[]): Readonly<Record<string, typeof keep>> {
  return Object.fromEntries(names.map((name) => [name, keep]));
}
/** `jdbc:mysql://…` → `mysql`; the rest of the URL ends here. */
export function engineOf(url: string): NonNullable<Datasource['engine']> {
  const scheme = /^jdbc:(?:log4jdbc:|p6spy:)?([a-z0-9]{2,20})/i.exec(url.trim())?.[1]?.toLowerCase();
  return (scheme === undefined ? undefined : ENGINES.get(scheme)) ?? 'other';
}
const ENGINES: ReadonlyMap<string, NonNullable<Datasource['engine']>> = new Map([
  ['oracle', 'oracle'],
  ['mysql', 'mysql'],
  ['mariadb', 'mariadb'],
  ['postgresql', 'postgresql'],
  ['opengauss', 'postgresql'],
  ['dm', 'dm'],
  ['kingbase', 'kingbase'],
  ['kingbase8', 'kingbase'],
  ['gbase', 'gbase'],
  ['oscar', 'oscar'],
  ['oceanbase', 'oceanbase'],
  ['db2', 'db2'],
  ['sqlserver', 'sqlserver'],
  ['microsoft', 'sqlserver'],
] as const);
/** An option of the JVM that is looked for; others may hold passwords. */
function jvmOption(value: string): string | undefined {
  return /^-(X(ms|mx)\d+[kKmMgG]?|Xloggc:|Xlog:gc|XX:(\+|-)?(MaxMetaspaceSize=\d+[kKmMgG]?|HeapDumpOnOutOfMemoryError|PrintGC(Details)?))/.exec(value)?.[0];
}

const SEVEN: AllowedXml = {
  'auto-deploy': attributes('enabled'),
  'hot-deploy': attributes('enabled'),
  'web-app': attributes('name', 'context-root', 'enabled', 'object-type', 'vs-names'),
  'web-container': attributes('jsp-development', 'hung-thread-threshold'),
  'virtual-host': attributes('name', 'accesslog-enabled'),
  'http-listener': attributes('name', 'port', 'status', 'io-mode', 'ssl-enabled', 'default-virtual-host'),
  protocol: attributes('max-threads', 'min-spare-threads', 'backlog', 'connection-timeout', 'keep-alive-timeout', 'max-connections'),
  'jdbc-connection-pool': {
    ...attributes('name', 'initial-size', 'max-active', 'min-idle', 'max-wait-time', 'test-on-borrow', 'test-while-idle', 'test-on-connect', 'remove-abandoned', 'leakCheck'),
    'jdbc-url': engineOf,
    'validation-query': (value) => (value.trim() === '' ? undefined : 'set'),
  },
  'jmx-service': { ...attributes('enabled', 'port'), address: localness },
  'log-service': attributes('rotation', 'rotation-limit', 'rotation-file-count'),
  'auto-snapshot': attributes('enabled'),
  contents: attributes('jmap'),
  'halthttp-condition': attributes('judgmentvalue'),
};
const EIGHT: AllowedXml = {
  arg: { name: jvmOption },
  connector: {
    ...attributes('name', 'port', 'maxThreads', 'minSpareThreads', 'queueSize', 'maxConnections', 'connectionTimeout', 'keepAliveTimeout'),
    ...attributes('SSLEnabled', 'sslEnabled', 'scheme', 'virtualHost'),
  },
  datasource: {
    ...attributes('name', 'initialSize', 'maxActive', 'minIdle', 'maxWait', 'testOnBorrow', 'testWhileIdle', 'removeAbandoned', 'leakDetection'),
    url: engineOf,
    jdbcUrl: engineOf,
    validationQuery: (value) => (value.trim() === '' ? undefined : 'set'),
  },
  app: attributes('name', 'contextPath', 'enabled'),
  jmx: { ...attributes('enabled'), address: localness },
  deploy: attributes('autoDeploy', 'hotDeploy'),
  accessLog: attributes('enabled'),
  security: { trustedIP: (value) => (value.trim() === '*' ? 'any' : 'some') },
};
/** Limits of the alert policy (预警策略) of TongWeb 8, spelled as its manual lists them; zero is off. */
const ALERT_LIMITS = [
  'cpu',
  'memory',
  'disk',
  'connector',
  'datasource',
  'dsMaxConn',
  'fullGCMeanTime',
  'fullGCCount',
  'fullGCTotalTime',
  'threadCount',
  'slowSQL',
  'hungThread',
] as const;
const ALERT_POLICY = ['thresholdstrategy', 'thresholdStrategy', 'threshold-strategy'] as const;
export const ALLOWED: AllowedXml = { ...SEVEN, ...EIGHT, ...Object.fromEntries(ALERT_POLICY.map((name) => [name, attributes('enabled', ...ALERT_LIMITS)])) };
function localness(value: string): string {
  return /^(127\.|localhost$|::1$)/.test(value.trim()) ? 'local' : 'open';
}

export interface Configuration {
  readonly row: Partial<Row>;
  readonly listeners: readonly Listener[];
  readonly datasources: readonly Datasource[];
  readonly applications: readonly Application[];
  /** Options of the JVM that stand in the configuration (TongWeb 8). */
  readonly jvmOptions: readonly string[];
  readonly settings: readonly RawSetting[];
}

/** @param console what `console.xml` of TongWeb 8 holds of the same list */
export function configurationOf(kept: readonly KeptElement[], console: readonly KeptElement[] = []): Configuration {
  const listeners = [
    ...elementsNamed(kept, 'http-listener').map((element) => sevenListener(element, kept)),
    ...elementsNamed(kept, 'connector').map((element) => eightListener(element, 'application')),
    ...elementsNamed(console, 'connector').map((element) => eightListener(element, 'console')),
  ];
  const first = (name: string): KeptElement['attributes'] | undefined => elementsNamed(kept, name)[0]?.attributes;
  const jmx = first('jmx-service') ?? first('jmx');
  const log = first('log-service');
  const hosts = elementsNamed(kept, 'virtual-host').filter(({ attributes: { name } }) => name !== 'admin');
  const trusted = [...kept, ...console].find(({ name }) => name === 'security')?.attributes['trustedIP'];
  const row: Partial<Row> = {
    autoDeploy: flagOf(first('auto-deploy')?.['enabled'] ?? first('deploy')?.['autoDeploy']),
    hotDeploy: flagOf(first('hot-deploy')?.['enabled'] ?? first('deploy')?.['hotDeploy']),
    jspDevelopment: flagOf(first('web-container')?.['jsp-development']),
    accessLog: hosts.length > 0 ? hosts.every(({ attributes: one }) => flagOf(one['accesslog-enabled']) === true) : flagOf(first('accessLog')?.['enabled']),
    // TongWeb 7 starts JMX unless it is told not to; in 8 it is off unless it is told to.
    jmxEnabled: jmx && (flagOf(jmx['enabled']) ?? first('jmx-service') !== undefined),
    jmxLocal: jmx && jmx['address'] !== 'open',
    consoleTls: listeners.find(({ use }) => use === 'console')?.tls,
    consoleTrustedAny: trusted === undefined ? undefined : trusted === 'any',
    logRotationBytes: log && (flagOf(log['rotation']) === false ? 0 : megabytesOf(log['rotation-limit'])),
    logRotationFiles: log && wholeOf(log['rotation-file-count']),
    alertPolicy: alertPolicyOf([...kept, ...console]),
    snapshotBusyThreads: wholeOf(first('halthttp-condition')?.['judgmentvalue']),
    snapshotJmap: flagOf(first('contents')?.['jmap']),
  };
  return {
    row,
    listeners,
    datasources: [...elementsNamed(kept, 'jdbc-connection-pool').map(sevenPool), ...elementsNamed(kept, 'datasource').map(eightPool)],
    applications: [...elementsNamed(kept, 'web-app').filter(isOfTheUser), ...elementsNamed(kept, 'app')].map(application),
    jvmOptions: elementsNamed(kept, 'arg').flatMap(({ attributes: { name } }) => name ?? []),
    settings: settingsOf(row, listeners, kept),
  };
}

function alertPolicyOf(kept: readonly KeptElement[]): boolean | undefined {
  const policies = kept.filter(({ name }) => ALERT_POLICY.some((known) => known === name)).map(({ attributes: one }) => one);
  if (policies.length === 0) return undefined;
  return policies.some((one) => flagOf(one['enabled']) !== false && ALERT_LIMITS.some((limit) => (wholeOf(one[limit]) ?? 0) > 0));
}
function sevenListener(element: KeptElement, kept: readonly KeptElement[]): Listener {
  const { name = '', port, 'ssl-enabled': tls, 'default-virtual-host': host, status } = element.attributes;
  const protocol = kept.find((one) => one.name === 'protocol' && one.within === element)?.attributes ?? {};
  return {
    listener: name,
    use: name === 'system-http-listener' || host === 'admin' ? 'console' : name === 'ejb-server-listener' ? 'ejb' : status === 'stopped' ? 'other' : 'application',
    port: wholeOf(port),
    tls: flagOf(tls) ?? false,
    maxThreads: wholeOf(protocol['max-threads']),
    minSpareThreads: wholeOf(protocol['min-spare-threads']),
    backlog: wholeOf(protocol['backlog']),
    maxConnections: wholeOf(protocol['max-connections']),
  };
}
function eightListener({ attributes: one }: KeptElement, use: Listener['use']): Listener {
  return {
    listener: one['name'] ?? one['port'] ?? '',
    use: one['port'] === '9060' ? 'console' : use,
    port: wholeOf(one['port']),
    tls: flagOf(one['SSLEnabled'] ?? one['sslEnabled']) ?? one['scheme'] === 'https',
    maxThreads: wholeOf(one['maxThreads']) ?? 200, // its documented default
    minSpareThreads: wholeOf(one['minSpareThreads']) ?? 10,
    backlog: wholeOf(one['queueSize']),
    maxConnections: wholeOf(one['maxConnections']),
  };
}
function sevenPool({ attributes: one }: KeptElement): Datasource {
  return {
    datasource: one['name'] ?? '',
    engine: one['jdbc-url'] as Datasource['engine'], // engineOf made it
    maxActive: wholeOf(one['max-active']),
    initialSize: wholeOf(one['initial-size']),
    minIdle: wholeOf(one['min-idle']),
    maxWaitMs: wholeOf(one['max-wait-time']),
    validated: one['validation-query'] === 'set' && (flagOf(one['test-on-borrow']) === true || flagOf(one['test-while-idle']) === true),
    leakDetection: flagOf(one['remove-abandoned']) === true || flagOf(one['leakCheck']) === true,
  };
}
function eightPool({ attributes: one }: KeptElement): Datasource {
  return {
    datasource: one['name'] ?? '',
    engine: (one['url'] ?? one['jdbcUrl']) as Datasource['engine'], // engineOf made it
    maxActive: wholeOf(one['maxActive']) ?? 100, // documented defaults
    initialSize: wholeOf(one['initialSize']) ?? 10,
    minIdle: wholeOf(one['minIdle']) ?? 10,
    maxWaitMs: wholeOf(one['maxWait']) ?? 30_000,
    validated: one['validationQuery'] === 'set' && (flagOf(one['testOnBorrow']) === true || flagOf(one['testWhileIdle']) === true),
    leakDetection: flagOf(one['removeAbandoned']) === true || flagOf(one['leakDetection']) === true,
  };
}
/** The console and the like come with the product. */
function isOfTheUser({ attributes: one }: KeptElement): boolean {
  return one['object-type'] !== 'sys' && one['vs-names'] !== 'admin';
}
function application({ attributes: one }: KeptElement): Application {
  const enabled = flagOf(one['enabled']);
  return {
    application: one['name'] ?? one['context-root'] ?? one['contextPath'] ?? '',
    context: one['context-root'] ?? one['contextPath'],
    ...(enabled === false && { state: 'stopped' }),
  };
}

function settingsOf(row: Partial<Row>, listeners: readonly Listener[], kept: readonly KeptElement[]): RawSetting[] {
  const main = listeners.find(({ use }) => use === 'application');
  const element = kept.find(({ name, attributes: one }) => (name === 'http-listener' || name === 'connector') && one['name'] === main?.listener);
  const protocol = kept.find(({ name, within }) => name === 'protocol' && within === element)?.attributes;
  const values: Readonly<Record<string, RawSetting['value']>> = {
    'auto-deploy': row.autoDeploy,
    'hot-deploy': row.hotDeploy,
    'jsp-development': row.jspDevelopment,
    'access-log': row.accessLog,
    'hung-thread-threshold': elementsNamed(kept, 'web-container')[0]?.attributes['hung-thread-threshold'],
    'listener.max-threads': main?.maxThreads,
    'listener.min-spare-threads': main?.minSpareThreads,
    'listener.backlog': main?.backlog,
    'listener.max-connections': main?.maxConnections,
    'listener.connection-timeout': protocol?.['connection-timeout'] ?? element?.attributes['connectionTimeout'],
    'listener.keep-alive-timeout': protocol?.['keep-alive-timeout'] ?? element?.attributes['keepAliveTimeout'],
    'listener.io-mode': element?.attributes['io-mode'],
    'console.tls': row.consoleTls,
    'jmx.enabled': row.jmxEnabled,
    'log.rotation-bytes': row.logRotationBytes,
    'log.rotation-files': row.logRotationFiles,
    'snapshot.busy-threads': row.snapshotBusyThreads,
    'snapshot.jmap': row.snapshotJmap,
  };
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
}

export function flagOf(text: string | undefined): boolean | undefined {
  const word = text?.trim().toLowerCase();
  return word === 'true' || word === 'on' || word === 'yes' ? true : word === 'false' || word === 'off' || word === 'no' ? false : undefined;
}
/** `50 MB` → bytes. */
function megabytesOf(text: string | undefined): number | undefined {
  return bytesOf(text);
}
