import { defineCheck, unknown } from '../check.ts';
import { perHourSince } from '../measure-window.ts';

export const requestsRejected = defineCheck({
  id: 'control-plane-requests-rejected',
  area: 'control-plane',
  title: { zh: 'API 服务器因流控拒绝请求', en: 'Requests rejected by API flow control' },
  why: {
    zh: '被限流拒绝的请求来自组件或用户：控制器的修复会延迟，操作会报错。',
    en: 'Flow control rejects requests from components or users: repairs by controllers are delayed, and operations fail.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep apiserver_flowcontrol_rejected_requests_total` 找出被拒绝的 flow_schema；限制相应的客户端，或调整其 PriorityLevelConfiguration。',
    en: 'Run `kubectl get --raw /metrics | grep apiserver_flowcontrol_rejected_requests_total` to find the flow_schema with rejected requests; throttle the clients concerned, or adjust their PriorityLevelConfiguration.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'count',
  threshold: { recentCount: 1, perHourCount: 10 },
  source: 'practice: a rejected request is a refused user; any now, or ten an hour since the API server started',

  evaluate({ apiMetrics }, { recentCount, perHourCount }, { now }) {
    const { recentRejected = 0, rejected = 0, requests } = apiMetrics;
    if (requests === undefined) return unknown('not-reported');
    if (recentRejected >= recentCount) return [{ observed: recentRejected, threshold: recentCount }];
    const perHour = perHourSince(rejected, apiMetrics.startedAt, now);
    if (perHour === undefined) return unknown('not-reported');
    return perHour >= perHourCount ? [{ observed: perHour, threshold: perHourCount }] : [];
  },
});
