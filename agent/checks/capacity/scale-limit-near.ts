import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const scaleLimitNear = defineCheck({
  id: 'capacity-scale-limit-near',
  area: 'capacity',
  title: { zh: '对象数量接近 Kubernetes 验证过的规模', en: 'Object count close to the tested Kubernetes scale' },
  why: { zh: '超出验证规模后，API、调度和网络的表现没有保证。', en: 'Beyond the tested scale, API, scheduling and network behaviour is not guaranteed.' },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep -E "apiserver_(storage|resource)_objects"` 查看各类对象的数量；清理无用对象，或把业务拆分到多个集群。',
    en: 'Run `kubectl get --raw /metrics | grep -E "apiserver_(storage|resource)_objects"` to see the object counts; remove unused objects, or split workloads across several clusters.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'percent',
  threshold: { warningPercent: 80, nodesCount: 5_000, podsCount: 150_000, servicesCount: 10_000, namespacesCount: 10_000 },
  source: 'Kubernetes docs, considerations for large clusters; sig-scalability thresholds (10,000 services and namespaces)',

  evaluate({ apiMetrics }, { warningPercent, nodesCount, podsCount, servicesCount, namespacesCount }) {
    if (apiMetrics.objects === undefined) return unknown('not-reported');
    const { nodes = 0, pods = 0, services = 0, namespaces = 0 } = apiMetrics.objects;
    const used = Math.max(nodes / nodesCount, pods / podsCount, services / servicesCount, namespaces / namespacesCount) * 100;
    return above(Math.round(used * 10) / 10, { warning: warningPercent });
  },
});
