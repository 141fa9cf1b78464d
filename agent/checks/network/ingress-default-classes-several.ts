import { defineCheck } from '../check.ts';

export const ingressDefaultClassesSeveral = defineCheck({
  id: 'network-ingress-default-classes-several',
  area: 'network',
  title: { zh: '存在多个默认 IngressClass', en: 'More than one default IngressClass' },
  remedy: {
    zh: '执行 `kubectl get ingressclass -o yaml | grep is-default-class` 找出默认类；只保留一个。',
    en: 'Run `kubectl get ingressclass -o yaml | grep is-default-class`; leave one default.',
  },
  severity: 'warning',
  reads: ['ingresses'],
  unit: 'count',
  threshold: { atMostCount: 1 },
  source: 'Kubernetes documentation: with more than one default the API server refuses Ingresses without a class',

  evaluate({ ingresses }, { atMostCount }) {
    return ingresses.defaultClasses > atMostCount ? [{ observed: ingresses.defaultClasses, threshold: atMostCount }] : [];
  },
});
