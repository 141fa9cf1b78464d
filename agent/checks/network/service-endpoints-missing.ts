import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const serviceEndpointsMissing = defineCheck({
  id: 'network-service-endpoints-missing',
  area: 'network',
  title: { zh: '服务没有就绪的端点', en: 'Services without ready endpoints' },
  why: { zh: '没有可用的后端，访问该服务的请求全部失败。', en: 'No backend is available, so all requests to the service fail.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get endpointslices -l kubernetes.io/service-name=<服务>`，再用 `kubectl -n <命名空间> describe service <服务>` 核对选择器；修正选择器，或排查后端 Pod 为何未就绪。',
    en: 'Run `kubectl -n <namespace> get endpointslices -l kubernetes.io/service-name=<service>` and check the selector with `kubectl -n <namespace> describe service <service>`; correct the selector, or find out why the backend pods are not ready.',
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'count',
  threshold: { youngMinutes: 10 },
  source: 'popeye POP-1105 and k8sgpt Service analyzer (any); info when the workload is scaled to zero, by practice',

  evaluate({ services }, { youngMinutes }, { now }) {
    return services.rows
      .filter((row) => row.type !== 'ExternalName' && row.selector && row.ready === 0 && !isYoung(row, youngMinutes, now))
      .map(({ namespace, name, notReady, scaledToZero }) => ({
        scope: { kind: 'Service', namespace, name },
        observed: notReady,
        ...(scaledToZero && { severity: 'info' as const }),
      }));
  },
});
