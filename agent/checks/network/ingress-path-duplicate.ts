import { defineCheck } from '../check.ts';

export const ingressPathDuplicate = defineCheck({
  id: 'network-ingress-path-duplicate',
  area: 'network',
  title: { zh: '多个 Ingress 占用同一主机与路径', en: 'Multiple Ingresses for the same host and path' },
  why: {
    zh: '流量去向取决于控制器的先后规则，用户可能访问到错误的服务。',
    en: "Which one receives the traffic depends on the controller's precedence rules, and users may reach the wrong service.",
  },
  remedy: {
    zh: '执行 `kubectl get ingress -A -o wide` 找出相同主机的规则；只保留一个，灰度发布请使用控制器自带的 canary 机制。',
    en: "Run `kubectl get ingress -A -o wide` to find rules for the same host; keep only one, and use the controller's canary feature for gradual releases.",
  },
  severity: 'warning',
  reads: ['ingresses'],
  unit: 'count',
  threshold: {},
  source: 'practice: which rule wins depends on the controller; compare Alibaba ACK inspection NginxIngressServiceAnnotationMultiTargets',

  evaluate({ ingresses }) {
    return ingresses.rows.filter((row) => row.duplicates > 0).map(({ namespace, name, duplicates }) => ({ scope: { kind: 'Ingress', namespace, name }, observed: duplicates }));
  },
});
