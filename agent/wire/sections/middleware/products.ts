/** The products that can be inspected, and the words that all of them share. */

/** Also the folders under `agent/gatherers/middleware` and `agent/checks/middleware`, and the first word of a check's id. */
export const PRODUCTS = [
  'redis',
  'mysql',
  'postgresql',
  'mongodb',
  'kafka',
  'zookeeper',
  'rabbitmq',
  'rocketmq',
  'elasticsearch',
  'minio',
  'nacos',
  'etcd-server',
  'nginx',
  'tomcat',
  'tongweb',
  'tongrds',
  'ths',
  'tlq',
] as const;
export type Product = (typeof PRODUCTS)[number];
/** `etcd-server` → `EtcdServer`. */
type Pascal<T extends string> = T extends `${infer A}-${infer B}` ? `${Capitalize<A>}${Pascal<B>}` : Capitalize<T>;
/** The name of a product's own section. */
export type ProductSectionName<P extends Product = Product> = `middleware${Pascal<P>}`;
export function productSectionName<P extends Product>(product: P): ProductSectionName<P> {
  const name = product.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
  return `middleware${name}` as ProductSectionName<P>; // the same in types, above
}

/** How the members of an instance belong together; `unknown` until the product itself has told. */
export const MODES = [
  'unknown',
  'standalone',
  'primary-replica', // one writes, others follow it
  'sentinel', // a Redis Sentinel, which watches others
  'cluster', // sharded, or a quorum of equals
  'group-replication', // MySQL MGR, single-primary
  'multi-primary', // MySQL MGR, several write
  'replica-set', // MongoDB
  'sharded', // MongoDB behind mongos
  'zookeeper', // Kafka whose metadata live in ZooKeeper
  'kraft', // Kafka with its own quorum
  'embedded', // a server inside an application (TongWeb 7.0.E, Tomcat in Spring Boot)
] as const;
export type Mode = (typeof MODES)[number];

/** What one member is at the moment. */
export const ROLES = ['unknown', 'primary', 'replica', 'sentinel', 'leader', 'follower', 'observer', 'controller', 'broker', 'arbiter', 'node'] as const;
export type Role = (typeof ROLES)[number];

/** How asking an instance ended. A closed list: what the server said is never passed on. */
export const REACHES = [
  'ok',
  'partial', // some answers were refused or missing: see `denied`
  'credentials-missing', // the server wants a password, and none was declared
  'wrong-credentials',
  'no-rights', // signed in, but may read nothing
  'credentials-unreadable', // the file with the password or certificate cannot be read here
  'tls-mismatch', // certificate not trusted or for another name; or only one side speaks TLS
  'timeout',
  'refused', // nobody listens, or the network says no
  'unresolved', // no such host name
  'protocol', // something else answers there
  'too-large', // the answer went beyond the cap
  'over-budget', // the statements of a run were used up
  'blackout', // within a declared blackout
  'not-addressed', // found, but there is no address that this process could ask
  'files-only', // nothing to connect to: read from its files and processes
  'failed',
] as const;
export type Reach = (typeof REACHES)[number];

/** What speaks a product's protocol, but has releases and advisories of its own. */
export const FORKS = ['valkey', 'tongrds'] as const;
export type Fork = (typeof FORKS)[number];

/** What may answer where a product was declared and is not: told by how it greets or replies. */
export const ANSWERERS = ['redis', 'mysql', 'postgresql', 'rabbitmq', 'http', 'ssh'] as const;
export type Answerer = (typeof ANSWERERS)[number];

/** Why an instance is held for one. */
export const EVIDENCE = ['declared', 'operator', 'image', 'label', 'process', 'unit', 'port', 'layout'] as const;
export type Evidence = (typeof EVIDENCE)[number];
export const PLACES = ['cluster', 'host', 'elsewhere'] as const;
export type Place = (typeof PLACES)[number];
