import { defineCheck } from '../check.ts';

export const ingressTlsMissing = defineCheck({
  id: 'network-ingress-tls-missing',
  area: 'network',
  title: { zh: 'Ingress 没有启用 TLS', en: 'Ingress without TLS' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ingress <名称>` 确认端口只有 80；为对外的主机配置证书（例如由 cert-manager 签发）。',
    en: 'Run `kubectl -n <namespace> get ingress <name>`: it shows port 80 only; give hosts that face users a certificate, for example by cert-manager.',
  },
  severity: 'info',
  reads: ['ingresses'],
  unit: 'count',
  threshold: {},
  source: 'kubescape C-0263 (Ingress uses TLS)',

  evaluate({ ingresses }) {
    return ingresses.rows
      .filter((row) => row.tls === 'none')
      .map(({ namespace, name }) => ({ scope: { kind: 'Ingress', namespace, name } }));
  },
});
