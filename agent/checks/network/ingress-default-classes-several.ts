import { defineCheck } from '../check.ts';

export const ingressDefaultClassesSeveral = defineCheck({
  id: 'network-ingress-default-classes-several',
  area: 'network',
  title: { zh: '存在多个默认 IngressClass', en: 'Multiple default IngressClasses' },
  why: { zh: '未指定类的新 Ingress 会被拒绝，或落到没人选定的入口上。', en: 'New Ingresses without a class are rejected, or are handled by an entry point nobody chose.' },
  remedy: {
    zh: '执行 `kubectl get ingressclass -o yaml | grep is-default-class` 找出默认类；只保留一个。',
    en: 'Run `kubectl get ingressclass -o yaml | grep is-default-class` to find the default classes; keep only one.',
  },
  severity: 'warning',
  setup: true,
  reads: ['ingresses'],
  unit: 'count',
  threshold: { atMostCount: 1 },
  source: 'Kubernetes documentation: with more than one default the API server refuses Ingresses without a class',

  evaluate({ ingresses }, { atMostCount }) {
    return ingresses.defaultClasses > atMostCount ? [{ observed: ingresses.defaultClasses, threshold: atMostCount }] : [];
  },
});
