/** What a site declares about its middleware. Plain data: secrets are paths of files, never values. */

import type { Once, Weekly } from '../triggers/maintenance.ts';
import type { Mode, Product } from '../wire/sections/middleware/products.ts';

/** How much asking one instance may cost; milliseconds, statements, bytes. */
export interface Limits {
  /** Until a connection stands, TLS included. */
  readonly connectMs: number;
  readonly statementMs: number;
  /** Everything about one instance, all its members together. */
  readonly instanceMs: number;
  /** Statements (or HTTP requests) of one run to one member. */
  readonly statements: number;
  /** Bytes that one member may answer in a run. */
  readonly answerBytes: number;
}
export const LIMITS: Limits = { connectMs: 3_000, statementMs: 3_000, instanceMs: 20_000, statements: 60, answerBytes: 4 * 1024 * 1024 };

/** A user and the files that hold the secrets; read when they are needed, and forgotten. */
export interface Credentials {
  readonly username?: string | undefined;
  readonly usernameFile?: string | undefined;
  readonly passwordFile?: string | undefined;
}
export interface TlsFiles {
  /** Private CA in PEM; default: the public ones. */
  readonly caFile?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
  /** Name that the server's certificate must have; default: the host of the address. */
  readonly serverName?: string | undefined;
}
/** How one instance is asked. */
export interface Access {
  readonly credentials?: Credentials | undefined;
  /** Left out: no TLS. */
  readonly tls?: TlsFiles | undefined;
  readonly limits: Limits;
  /** Never asked within these. */
  readonly blackout: readonly (Once | Weekly)[];
}
/** What the site says of an instance's backups: no server tells of them. Unix seconds. */
export interface Backup {
  /** When the last one ended. */
  readonly last?: number | undefined;
  /** File whose time says so, or the folder that holds the backups. */
  readonly path?: string | undefined;
  /** When one was last restored to try it. */
  readonly restoreTested?: number | undefined;
}
/** What of the things that were found is meant. Globs; a part that is not named matches anything. */
export interface Match {
  readonly namespace?: string | undefined;
  /** Name of the workload, without its kind. */
  readonly workload?: string | undefined;
  /** Identity as `xunjian middleware` prints it. */
  readonly instance?: string | undefined;
}
/** One instance that the site names, or a correction of one that was found (`match`). */
export interface Declared extends Access {
  readonly product: Product;
  /** Its identity; stable as long as the site keeps it. */
  readonly name: string;
  readonly mode?: Mode | undefined;
  /** Members, `host:port` each; left out with `match`. */
  readonly addresses: readonly Address[];
  readonly match?: Match | undefined;
  readonly backup?: Backup | undefined;
  /** Paths, ports and switches that only this product knows (a console's base path, a TongWeb home). */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}
/** What {@link Declared.options} may hold; a key that nobody reads would be believed to do something. */
export const OPTION_KEYS: Readonly<Record<Product, readonly string[]>> = {
  redis: ['home'],
  mysql: ['home', 'tryDefaultPassword'],
  postgresql: ['home', 'database', 'tryDefaultPassword'],
  mongodb: ['home', 'authSource'],
  kafka: ['home', 'saslMechanism'],
  zookeeper: ['home'],
  rabbitmq: ['home', 'tryDefaultPassword'],
  rocketmq: ['home'],
  elasticsearch: ['home', 'auth', 'snapshotRepository'],
  minio: ['home', 'tryDefaultPassword'],
  nacos: ['home', 'contextPath', 'tryDefaultPassword'],
  'etcd-server': ['home'],
  nginx: ['home', 'statusPath'],
  tomcat: ['home', 'jolokia', 'metrics', 'logDays'],
  tongweb: ['home', 'jolokia', 'metrics', 'console', 'versionFile', 'inspection', 'logDays'],
  tongrds: ['home', 'centers', 'sentinels', 'centerJolokia'],
  ths: ['home', 'vip', 'haPeers'],
  tlq: ['home', 'metrics', 'deadLetters'],
};
export interface Address {
  readonly host: string;
  readonly port: number;
}
export interface Ignored extends Match {
  readonly product?: Product | undefined;
}
/** Settings that the site approved in its configuration; they go before what was approved "as of now". */
export interface ApprovedSettings {
  readonly product: Product;
  /** Glob of identities; left out: every instance of the product. */
  readonly instance?: string | undefined;
  /** Glob of members; left out: all of them. */
  readonly member?: string | undefined;
  /** By key of the product's allow-list. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}
export interface MiddlewareConfig {
  readonly instances: readonly Declared[];
  readonly ignore: readonly Ignored[];
  readonly baselines?: readonly ApprovedSettings[] | undefined;
  /** Instances that the platform itself stands on: what is wrong with them is one severity up. */
  readonly platform?: readonly Match[] | undefined;
  readonly discovery: { readonly cluster: boolean; readonly host: boolean };
}
/** Where DCE 5 keeps the databases of its own modules (mcamel-common-mysql-cluster, mcamel-common-es-cluster-masters, …). */
export const PLATFORM_INSTANCES: readonly Match[] = [{ namespace: 'mcamel-system' }];
export const MIDDLEWARE_DEFAULTS: MiddlewareConfig = { instances: [], ignore: [], platform: PLATFORM_INSTANCES, discovery: { cluster: true, host: true } };
export const NO_ACCESS: Access = { limits: LIMITS, blackout: [] };

/** `host:port` or `[v6]:port`. */
export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
