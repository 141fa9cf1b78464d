/** The collector's configuration: a YAML file, overridden by variables, overridden by options. All faults are told at once. */
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Expectation, expectationOf } from '../agent/wire/expectation.ts';
import { LOCALES, NAME_KINDS } from '../agent/wire/vocabulary.ts';
import { INCIDENT_DEFAULTS } from './incidents/rules.ts';
import { LOG_LEVELS } from './log.ts';
import { PriceList } from './records/record-set.ts';
import { DEFAULT_RETENTION, type Retention, retentionOf } from './retention/retention.ts';

const MAX_CONFIG_BYTES = 1024 * 1024;

/** `127.0.0.1:8080`, `[::1]:8080`, `:8080`. */
const Address = z.string().transform((text, context) => {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([\w.-]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match && port <= 65_535) return { host: match[1] ?? (match[2] || '0.0.0.0'), port };
  context.addIssue({ code: 'custom', message: 'HOST:PORT' });
  return z.NEVER;
});
const Network = z.string().refine((text) => {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  return version !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}, 'an address or a network such as 10.0.0.0/8');
const PublicUrl = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const Path = z.string().min(1).max(4_096);
/** Of a namespace, a Helm release or an object. */
const KubeName = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/);

const Oidc = z.strictObject({
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1).max(200),
  clientSecretFile: Path.optional(),
  label: z.string().min(1).max(60).default('OpenID Connect'),
  /** E-mail domains whose people may ask to join, and the id of their customer. */
  domains: z.record(z.string().regex(/^[a-z0-9.-]+$/, 'a domain in lower case'), z.string().min(1).max(64)).default({}),
});
const File = z.strictObject({
  listen: Address.optional(),
  dataDir: Path.optional(),
  database: z
    .strictObject({ url: z.string().min(1).optional(), urlFile: Path.optional(), poolSize: z.number().int().min(1).max(200).default(8), caFile: Path.optional() })
    .prefault({}),
  publicUrl: PublicUrl.optional(),
  tls: z.strictObject({ certFile: Path, keyFile: Path, clientCaFile: Path.optional() }).optional(),
  trustProxy: z.array(Network).max(100).default([]),
  metrics: z.strictObject({ listen: Address.optional(), tokenFile: Path.optional() }).prefault({}),
  sessions: z
    .strictObject({
      idleMinutes: z
        .number()
        .min(1)
        .max(7 * 24 * 60)
        .default(120),
      absoluteHours: z
        .number()
        .min(0.25)
        .max(30 * 24)
        .default(12),
    })
    .prefault({}),
  oidc: Oidc.optional(),
  /** Further support policies and calendars beside the bundled ones. */
  policiesDir: Path.optional(),
  /** What counts for customers without a contract, `policy/tier`. */
  defaultPolicy: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/, 'policy/tier such as daocloud/standard')
    .default('daocloud/standard'),
  /** Seals the secrets of notification targets; several collectors on one database share it. */
  keyFile: Path.optional(),
  /** The site's key, as its agents have it: names that agents sent clear turn into pseudonyms under it when they leave the site. */
  siteKeyFile: Path.optional(),
  /** A support centre's collector above this one: what agents of these clusters send is forwarded, what is done up there comes back. */
  federation: z
    .strictObject({
      url: z.string().max(2_000),
      caFile: Path.optional(),
      clientCertFile: Path.optional(),
      clientKeyFile: Path.optional(),
      proxy: z.url({ protocol: /^https?$/ }).optional(),
      consentFolder: Path.optional(),
      clearNames: z.array(z.enum(NAME_KINDS)).default([]),
      /** Each by its name or id here, with the token that the support centre gave for it. */
      clusters: z
        .array(z.strictObject({ cluster: z.string().min(1).max(200), tokenFile: Path }))
        .min(1)
        .max(200),
    })
    .optional(),
  reports: z
    .strictObject({
      /** Ed25519 private key in PEM that signs manifests; made in the data directory when none is named. Several collectors share it. */
      keyFile: Path.optional(),
      /** Per month, for reports about cost; a customer's own (`report import`, prices.yaml) stand in place of them. */
      prices: PriceList.optional(),
    })
    .prefault({}),
  /** Private networks that customers' notification targets may lead to. */
  allowedNetworks: z.array(Network).max(100).default([]),
  /** Seconds between `readyz` saying no and the end, so that balancers notice. */
  drainSeconds: z.number().min(0).max(300).default(0),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  /** The site's own cluster, enrolled at the start with a token that its agents have already; what exists by name is used. */
  enrolment: z
    .strictObject({
      tokenFile: Path,
      customer: z.string().min(1).max(200),
      cluster: z.string().min(1).max(200),
      policy: z.string().min(1).max(100).default('daocloud'),
      tier: z.string().min(1).max(100).default('standard'),
      /** IANA zone of the customer, when it is new. */
      zone: z.string().min(1).max(100).default('Asia/Shanghai'),
      locale: z.enum(LOCALES).default('zh'),
      kind: z.enum(['kubernetes', 'hosts']).default('kubernetes'),
      /** How the chart was installed there and what its objects are called: for commands that the console shows. */
      installation: z.strictObject({ namespace: KubeName, release: KubeName, name: KubeName }).optional(),
    })
    .optional(),
  /** Agents on this machine: their state directories, and the folder that says what may leave. The console then decides there. */
  site: z.strictObject({ stateDirs: z.array(Path).min(1).max(100), consentFolder: Path.optional() }).optional(),
  incidents: z
    .strictObject({
      /** How long a trouble has to stay away before it counts as resolved. */
      observeSeconds: z
        .number()
        .min(1)
        .max(7 * 86_400)
        .default(INCIDENT_DEFAULTS.observeMs / 1_000),
    })
    .prefault({}),
  /** Days that things are kept; what is not named keeps its default. */
  retention: z.partialRecord(z.enum(Object.keys(DEFAULT_RETENTION) as [keyof Retention, ...(keyof Retention)[]]), z.number().min(1).max(10_000)).default({}),
});

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}
export interface CollectorConfig extends Readonly<Omit<z.output<typeof File>, 'listen' | 'dataDir' | 'database'>> {
  readonly listen: ListenAddress;
  readonly dataDir: string;
  readonly database: { readonly url: string; readonly urlFile?: string | undefined; readonly poolSize: number; readonly caFile?: string | undefined };
}

/** One thing that is wrong, with where. */
export interface ConfigFault {
  /** Dotted path in the file, or the name of the variable or option; empty for the whole file. */
  readonly path: string;
  readonly problem: 'not-yaml' | 'too-large' | 'unknown-key' | Expectation['problem'];
  readonly line?: number;
  readonly expected?: string;
  readonly counts?: Expectation['counts'];
}
export class CollectorConfigError extends Error {
  override readonly name = 'CollectorConfigError';
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(`configuration: ${faults.length} faults`);
    this.faults = faults;
  }
}

/** Where a value of the file can also come from. */
const VARIABLES: Readonly<Record<string, string>> = {
  XUNJIAN_LISTEN: 'listen',
  XUNJIAN_DATA_DIR: 'dataDir',
  DATABASE_URL: 'database.url',
  XUNJIAN_DATABASE_URL_FILE: 'database.urlFile',
  XUNJIAN_DATABASE_CA: 'database.caFile',
  XUNJIAN_PUBLIC_URL: 'publicUrl',
  XUNJIAN_TLS_CERT: 'tls.certFile',
  XUNJIAN_TLS_KEY: 'tls.keyFile',
  XUNJIAN_CLIENT_CA: 'tls.clientCaFile',
  XUNJIAN_TRUST_PROXY: 'trustProxy',
  XUNJIAN_METRICS_LISTEN: 'metrics.listen',
  XUNJIAN_METRICS_TOKEN_FILE: 'metrics.tokenFile',
  XUNJIAN_OIDC_ISSUER: 'oidc.issuer',
  XUNJIAN_OIDC_CLIENT_ID: 'oidc.clientId',
  XUNJIAN_OIDC_CLIENT_SECRET_FILE: 'oidc.clientSecretFile',
  XUNJIAN_POLICIES_DIR: 'policiesDir',
  XUNJIAN_KEY_FILE: 'keyFile',
  XUNJIAN_LOG_LEVEL: 'logLevel',
};
const OPTIONS: Readonly<Record<string, string>> = {
  listen: 'listen',
  'data-dir': 'dataDir',
  database: 'database.url',
  'public-url': 'publicUrl',
  'tls-cert': 'tls.certFile',
  'tls-key': 'tls.keyFile',
  'client-ca': 'tls.clientCaFile',
  'trust-proxy': 'trustProxy',
  'metrics-listen': 'metrics.listen',
  'log-level': 'logLevel',
};
export interface ConfigSources {
  /** Text of the YAML file. */
  readonly file?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Command-line options by name. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

/** What a collector's file may hold: the chart's schema names the same, but for what the chart says itself. */
export const COLLECTOR_FILE_KEYS: readonly string[] = Object.keys(File.shape);

/** @throws CollectorConfigError with every fault of all sources */
export function loadCollectorConfig({ file, environment = {}, options = {} }: ConfigSources): CollectorConfig {
  const raw = parseYaml(file ?? '');
  const origins = new Map<string, string>();
  for (const [name, path] of Object.entries(VARIABLES)) put(raw, origins, path, environment[name], name);
  for (const [name, path] of Object.entries(OPTIONS)) put(raw, origins, path, options[name], `--${name}`);
  const result = File.safeParse(raw);
  if (!result.success) throw new CollectorConfigError(result.error.issues.flatMap((issue) => toFaults(issue, origins)));
  const { listen, dataDir, database, ...rest } = result.data;
  requireRetention(rest.retention);
  const folder = resolve(dataDir ?? 'xunjian-data');
  return { ...rest, listen: listen ?? { host: '127.0.0.1', port: 8080 }, dataDir: folder, database: { ...database, url: database.url ?? `sqlite:${join(folder, 'xunjian.db')}` } };
}

function requireRetention(retention: Readonly<Partial<Retention>>): void {
  try {
    retentionOf(retention);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CollectorConfigError([{ path: 'retention', problem: 'invalid', expected: error.message.replace(/^retention: /, '') }]);
  }
}

/** Sets a dotted path. Lists come separated by commas. */
function put(raw: Record<string, unknown>, origins: Map<string, string>, path: string, given: unknown, origin: string): void {
  if (given === undefined || given === '') return;
  const value = path === 'trustProxy' && typeof given === 'string' ? given.split(',').map((one) => one.trim()) : given;
  const [head = '', tail] = path.split('.');
  origins.set(path, origin);
  if (tail === undefined) raw[head] = value;
  else {
    const inner = raw[head];
    raw[head] = { ...(typeof inner === 'object' && inner !== null ? inner : {}), [tail]: value };
  }
}

function parseYaml(text: string): Record<string, unknown> {
  if (text.length > MAX_CONFIG_BYTES) throw new CollectorConfigError([{ path: '', problem: 'too-large' }]);
  try {
    const value: unknown = parse(text, { maxAliasCount: 20 }) ?? {};
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    const position: unknown = error instanceof Error && 'linePos' in error ? error.linePos : undefined;
    const line = Array.isArray(position) && typeof position[0]?.line === 'number' ? (position[0].line as number) : undefined;
    throw new CollectorConfigError([{ path: '', problem: 'not-yaml', ...(line !== undefined && { line }) }]);
  }
  throw new CollectorConfigError([{ path: '', problem: 'not-yaml' }]);
}

function toFaults(issue: z.core.$ZodIssue, origins: ReadonlyMap<string, string>): ConfigFault[] {
  const dotted = issue.path.map(String).join('.');
  const path = origins.get(dotted) ?? origins.get(issue.path.slice(0, 1).map(String).join('.')) ?? dotted;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: dotted === '' ? key : `${dotted}.${key}`, problem: 'unknown-key' }));
  return [{ path, ...expectationOf(issue) }];
}
