import { defineCheck } from '../check.ts';

export const dashboardExposed = defineCheck({
  id: 'network-dashboard-exposed',
  area: 'network',
  title: { zh: '管理控制台暴露在集群之外', en: 'Management console exposed outside the cluster' },
  why: {
    zh: '管理界面可从集群外访问，一个弱口令或漏洞就能控制集群。',
    en: 'It can be reached from outside: a weak password or vulnerability may give away control of the cluster.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get service <服务>` 确认类型；改为 ClusterIP，通过带登录与 TLS 的入口访问，并限制来源地址。',
    en: 'Run `kubectl -n <namespace> get service <service>` to check its type; change it to ClusterIP, provide access through an entry point with login and TLS, and restrict source addresses.',
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'count',
  threshold: {
    consoles: [
      'kubernetes-dashboard',
      'kuboard',
      'weave-scope',
      'kubeflow',
      'rancher',
      'argocd',
      'kiali',
      'jaeger',
      'kibana',
      'grafana',
      'prometheus',
      'alertmanager',
      'node-exporter',
    ],
    critical: ['kubernetes-dashboard', 'weave-scope', 'kubeflow'],
  },
  source: 'kubescape C-0047 and C-0021 (exposed sensitive interfaces); critical for consoles that can change the cluster',

  evaluate({ services }, { consoles, critical }) {
    return services.rows
      .filter((row) => consoles.includes(row.known) && (row.type === 'NodePort' || row.type === 'LoadBalancer' || row.externalIPs > 0))
      .map(({ namespace, name, known }) => ({
        scope: { kind: 'Service', namespace, name },
        observed: known,
        severity: critical.includes(known) ? 'critical' : 'warning',
      }));
  },
});
