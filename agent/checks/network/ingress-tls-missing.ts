import { defineCheck } from '../check.ts';

export const ingressTlsMissing = defineCheck({
  id: 'network-ingress-tls-missing',
  area: 'network',
  title: { zh: '命名空间中存在未启用 TLS 的 Ingress', en: 'Namespaces containing Ingresses without TLS' },
  why: { zh: '口令和数据以明文经过网络，可被窃听和篡改。', en: 'Passwords and data cross the network in plain text and may be intercepted or tampered with.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ingress` 找出端口只有 80 的；为对外的主机配置证书（例如由 cert-manager 签发）。',
    en: 'Run `kubectl -n <namespace> get ingress` to find those with port 80 only; configure a certificate for external hosts, for example one issued by cert-manager.',
  },
  severity: 'info',
  reads: ['ingresses'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'kubescape C-0263 (Ingress uses TLS), summed by namespace',

  evaluate({ ingresses }, { atLeastCount }) {
    return ingresses.namespaces
      .filter(({ withoutTls }) => withoutTls >= atLeastCount)
      .map(({ namespace, withoutTls }) => ({ scope: { kind: 'Namespace', name: namespace }, observed: withoutTls }));
  },
});
