import { defineCheck } from '../check.ts';

export const externalNameAddress = defineCheck({
  id: 'network-external-name-address',
  area: 'network',
  title: { zh: 'ExternalName 服务填写的是 IP 地址', en: 'ExternalName Services containing an IP address' },
  why: { zh: '地址会被当成域名去解析而失败，访问它的业务不通。', en: 'The address is looked up as a DNS name and fails, so clients cannot reach the service.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get service <服务> -o jsonpath={.spec.externalName}` 确认；改用没有选择器的服务加 EndpointSlice，集群 DNS 不会把地址当作域名解析。',
    en: 'Run `kubectl -n <namespace> get service <service> -o jsonpath={.spec.externalName}` to confirm; use a Service without a selector plus an EndpointSlice instead: the cluster DNS does not resolve an IP address as a name.',
  },
  severity: 'warning',
  setup: true,
  reads: ['services'],
  unit: 'count',
  threshold: {},
  source: 'Kubernetes documentation, Service type ExternalName: IPv4-like names are not resolved; popeye POP-1400',

  evaluate({ services }) {
    return services.rows.filter(({ externalName }) => externalName === 'address').map(({ namespace, name }) => ({ scope: { kind: 'Service', namespace, name } }));
  },
});
