import { defineCheck } from '../check.ts';

export const ingressTlsSecretUnnamed = defineCheck({
  id: 'network-ingress-tls-secret-unnamed',
  area: 'network',
  title: { zh: 'Ingress 的 TLS 配置没有指定证书', en: 'Ingress with TLS but no certificate named' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ingress <名称> -o jsonpath={.spec.tls}` 查看；填写 `secretName`，或确认控制器的默认证书覆盖这些主机。',
    en: 'Run `kubectl -n <namespace> get ingress <name> -o jsonpath={.spec.tls}`; set `secretName`, or make sure that the default certificate of the controller covers these hosts.',
  },
  severity: 'info',
  reads: ['ingresses'],
  unit: 'count',
  threshold: {},
  source: 'checks.md ing.tls-secret-missing (k8sgpt); info, because a default certificate of the controller is a legitimate choice',

  evaluate({ ingresses }) {
    return ingresses.rows
      .filter((row) => row.tls === 'secret-unnamed')
      .map(({ namespace, name }) => ({ scope: { kind: 'Ingress', namespace, name } }));
  },
});
