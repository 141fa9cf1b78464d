import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const ingressClassMissing = defineCheck({
  id: 'network-ingress-class-missing',
  area: 'network',
  title: { zh: 'Ingress 的类不存在', en: 'Ingresses with a missing IngressClass' },
  why: { zh: '没有控制器处理它，外部访问不到该服务。', en: 'No controller handles it, so the service cannot be reached from outside.' },
  remedy: {
    zh: '执行 `kubectl get ingressclass` 与 `kubectl -n <命名空间> get ingress <名称>` 对照；把 `ingressClassName` 改为存在的类，或设置一个默认类。',
    en: 'Compare `kubectl get ingressclass` with `kubectl -n <namespace> get ingress <name>`; set `ingressClassName` to an existing class, or define a default class.',
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
