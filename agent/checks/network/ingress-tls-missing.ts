import { defineCheck } from '../check.ts';

export const ingressTlsMissing = defineCheck({
  id: 'network-ingress-tls-missing',
  area: 'network',
  title: { zh: '命名空间中存在未启用 TLS 的 Ingress', en: 'Namespace with Ingresses without TLS' },
  why: { zh: '口令和数据以明文经过网络，可被窃听和篡改。', en: 'Passwords and data cross the network in clear, to be read and altered.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ingress` 找出端口只有 80 的；为对外的主机配置证书（例如由 cert-manager 签发）。',
    en: 'Run `kubectl -n <namespace> get ingress` for those with port 80 only; give hosts that face users a certificate, for example by cert-manager.',
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
