import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsEndpoints = defineCheck({
  id: 'addon-warning-events-endpoints',
  area: 'addon',
  title: { zh: '端点或负载均衡更新失败', en: 'Failed endpoint or load balancer updates' },
  why: {
    zh: '服务的后端列表过时，流量会打到已消失的 Pod，新 Pod 收不到流量。',
    en: 'Backend lists are out of date: traffic goes to pods that no longer exist, and new pods receive none.',
  },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedToUpdateEndpointSlices --sort-by=.lastTimestamp`；检查 kube-controller-manager、负载均衡控制器与地址池。',
    en: 'Run `kubectl get events -A --field-selector reason=FailedToUpdateEndpointSlices --sort-by=.lastTimestamp`; check kube-controller-manager, the load balancer controller and its address pool.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 20 },
  source: 'KubeEye ExceptionEvents; practice: 20 an hour, because controllers repeat a failed update with a back-off',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedToUpdateEndpointSlices', 'FailedToUpdateEndpoint', 'SyncLoadBalancerFailed', 'AllocationFailed'], limits);
  },
});
