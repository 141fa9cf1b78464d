/** Recognises consoles and data stores by the names that their charts give them, or by the port their protocol is registered for. */
import type { KNOWN_SERVICES } from '../../../wire/sections/cluster/objects-network.ts';

export type KnownService = (typeof KNOWN_SERVICES)[number];

const BY_NAME: readonly (readonly [RegExp, KnownService])[] = [
  [/(^|-)node-exporter(-|$)/, 'node-exporter'],
  [/^(kubernetes-dashboard|dashboard-metrics-scraper)/, 'kubernetes-dashboard'],
  [
    /(^|-)(kuboard|grafana|alertmanager|kibana|jaeger|kiali|kubeflow|etcd|redis|mysql|mongodb|elasticsearch|rabbitmq|kafka|zookeeper|minio|nacos|clickhouse|memcached)(-|$)/,
    'none',
  ],
  [/(^|-)prometheus(-|$)/, 'prometheus'],
  [/^argocd-server$/, 'argocd'],
  [/^rancher$/, 'rancher'],
  [/^weave-scope/, 'weave-scope'],
  [/(^|-)postgres(ql)?(-|$)/, 'postgresql'],
];
/** Side services of a store: exporters, operators and hooks hold no data. */
const ASIDE = /(exporter|operator|metrics|webhook|ui-proxy|adapter|pushgateway)/;
const BY_PORT: Readonly<Record<number, KnownService>> = {
  2379: 'etcd',
  6379: 'redis',
  3306: 'mysql',
  5432: 'postgresql',
  27017: 'mongodb',
  9200: 'elasticsearch',
  5672: 'rabbitmq',
  9092: 'kafka',
  2181: 'zookeeper',
  8848: 'nacos',
  11211: 'memcached',
};

/** @param ports numbers that the service listens on */
export function knownService(name: string, ports: readonly number[]): KnownService {
  const short = name.slice(0, 253);
  for (const [pattern, known] of BY_NAME) {
    const match = pattern.exec(short);
    if (!match) continue;
    if (known === 'node-exporter') return known;
    if (ASIDE.test(short)) return 'none';
    return known === 'none' ? (match[2] as KnownService) : known; // the alternatives of that pattern are members of the list
  }
  for (const port of ports) {
    const known = BY_PORT[port];
    if (known) return known;
  }
  return 'none';
}
