import { defineCheck } from '../check.ts';

export const ingressTlsSecretUnnamed = defineCheck({
  id: 'network-ingress-tls-secret-unnamed',
  area: 'network',
  title: { zh: '命名空间中有 TLS 配置没有指定证书的 Ingress', en: 'Namespaces containing Ingress TLS without a certificate' },
  why: { zh: '控制器会用自带的默认证书，浏览器报警，程序拒绝连接。', en: 'The controller serves its default certificate: browsers show warnings and programs refuse to connect.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ingress -o yaml | grep -A3 tls:` 查看；填写 `secretName`，或确认控制器的默认证书覆盖这些主机。',
    en: "Run `kubectl -n <namespace> get ingress -o yaml | grep -A3 tls:` to check; set `secretName`, or make sure that the controller's default certificate covers these hosts.",
  },
  severity: 'info',
  setup: true,
  reads: ['ingresses'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'k8sgpt Ingress analyzer (TLS secret); info, because a default certificate of the controller is a legitimate choice',

  evaluate({ ingresses }, { atLeastCount }) {
    return ingresses.namespaces
      .filter(({ unnamedSecret }) => unnamedSecret >= atLeastCount)
      .map(({ namespace, unnamedSecret }) => ({ scope: { kind: 'Namespace', name: namespace }, observed: unnamedSecret }));
  },
});
