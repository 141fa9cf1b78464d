import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const ingressClassMissing = defineCheck({
  id: 'network-ingress-class-missing',
  area: 'network',
  title: { zh: 'Ingress 的类不存在', en: 'Ingress whose class does not exist' },
  why: { zh: '没有控制器处理它，外部访问不到该服务。', en: 'No controller handles it, and nobody outside reaches the service.' },
  remedy: {
    zh: '执行 `kubectl get ingressclass` 与 `kubectl -n <命名空间> get ingress <名称>` 对照；把 `ingressClassName` 改为存在的类，或设置一个默认类。',
    en: 'Compare `kubectl get ingressclass` with `kubectl -n <namespace> get ingress <name>`; set `ingressClassName` to a class that exists, or make one the default.',
  },
  severity: 'warning',
  reads: ['ingresses'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'k8sgpt Ingress analyzer (missing IngressClass); an Ingress that a controller gave an address is served all the same',

  evaluate({ ingresses }, { youngMinutes }, { now }) {
    return ingresses.rows
      .filter((row) => (row.class === 'missing' || row.class === 'unset') && !row.addressed && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name }) => ({ scope: { kind: 'Ingress', namespace, name } }));
  },
});
