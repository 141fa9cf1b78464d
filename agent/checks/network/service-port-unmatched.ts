import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const servicePortUnmatched = defineCheck({
  id: 'network-service-port-unmatched',
  area: 'network',
  title: { zh: '服务端口没有任何端点提供', en: 'Service ports not provided by any endpoint' },
  why: { zh: '访问该端口的请求会被拒绝，业务部分不可用。', en: 'Requests to that port are refused, and part of the service is unavailable.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get endpointslices -l kubernetes.io/service-name=<服务> -o yaml`，对比 `targetPort` 与容器声明的端口名；改正端口名。',
    en: 'Run `kubectl -n <namespace> get endpointslices -l kubernetes.io/service-name=<service> -o yaml` and compare `targetPort` with the port names declared by the containers; correct the port name.',
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'popeye POP-1106 (target port not found)',

  evaluate({ services }, { youngMinutes }, { now }) {
    return services.rows
      .filter((row) => row.unmatchedPorts > 0 && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name, unmatchedPorts }) => ({ scope: { kind: 'Service', namespace, name }, observed: unmatchedPorts }));
  },
});
