import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const ingressBackendMissing = defineCheck({
  id: 'network-ingress-backend-missing',
  area: 'network',
  title: { zh: 'Ingress 指向不存在的服务', en: 'Ingresses pointing to a missing Service' },
  why: { zh: '访问该域名或路径的用户会得到 503。', en: 'Users of that host or path receive a 503 error.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe ingress <名称>` 找出标为 not found 的后端；改正服务名，或删除失效的规则。',
    en: 'Run `kubectl -n <namespace> describe ingress <name>` to find backends marked not found; correct the Service name, or delete the stale rule.',
  },
  severity: 'warning',
  reads: ['ingresses'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'popeye POP-1401, k8sgpt Ingress analyzer (any)',

  evaluate({ ingresses }, { youngMinutes }, { now }) {
    return ingresses.rows
      .filter((row) => row.missingBackends > 0 && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name, missingBackends }) => ({ scope: { kind: 'Ingress', namespace, name }, observed: missingBackends }));
  },
});
