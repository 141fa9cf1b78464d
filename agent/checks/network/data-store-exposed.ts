import { defineCheck } from '../check.ts';

export const dataStoreExposed = defineCheck({
  id: 'network-data-store-exposed',
  area: 'network',
  title: { zh: '数据存储暴露在集群之外', en: 'Data store exposed outside the cluster' },
  why: { zh: '数据库可从集群外直接连接，容易被扫描、爆破和拖库。', en: 'It can be reached from outside and may be scanned, brute-forced and copied.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get service <服务>` 确认类型与用途；集群内使用的改为 ClusterIP，确需外部访问的限制来源地址并启用认证和 TLS。',
    en: 'Run `kubectl -n <namespace> get service <service>` to check its type and purpose; change it to ClusterIP if only the cluster uses it, otherwise restrict source addresses and enable authentication and TLS.',
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'count',
  threshold: {
    stores: ['etcd', 'redis', 'mysql', 'postgresql', 'mongodb', 'elasticsearch', 'rabbitmq', 'kafka', 'zookeeper', 'minio', 'nacos', 'clickhouse', 'memcached'],
    critical: ['etcd', 'memcached', 'zookeeper'],
  },
  source: 'kubescape C-0021 (exposed sensitive interfaces); critical for stores that ask for no password by default',

  evaluate({ services }, { stores, critical }) {
    return services.rows
      .filter((row) => stores.includes(row.known) && (row.type === 'NodePort' || row.type === 'LoadBalancer' || row.externalIPs > 0))
      .map(({ namespace, name, known }) => ({
        scope: { kind: 'Service', namespace, name },
        observed: known,
        severity: critical.includes(known) ? 'critical' : 'warning',
      }));
  },
});
