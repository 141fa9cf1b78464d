import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { preferRecent } from '../measure-window.ts';

/** Terminated requests are not part of the answered ones. */
function shareOf(terminated: number, answered: number): number {
  return terminated + answered === 0 ? 0 : Math.round((terminated / (terminated + answered)) * 1_000) / 10;
}

export const requestsTerminated = defineCheck({
  id: 'control-plane-requests-terminated',
  area: 'control-plane',
  title: { zh: 'API 服务器主动终止请求', en: 'Requests terminated by the API server' },
  why: {
    zh: 'API Server 为自保而中断请求：客户端会收到错误，控制器需要重试。',
    en: 'The API server terminates requests to protect itself: clients receive errors, and controllers have to retry.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep apiserver_request_terminations_total` 找出被终止的资源；检查过载、聚合 API 不可用以及超时的大范围 LIST。',
    en: 'Run `kubectl get --raw /metrics | grep apiserver_request_terminations_total` to find the affected resources; check for overload, an unavailable aggregated API and large LIST requests that time out.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'percent',
  threshold: { warningPercent: 20, minimumCount: 100 },
  source: 'kubernetes-mixin KubeAPITerminatedRequests (20 %)',

  evaluate({ apiMetrics }, { warningPercent, minimumCount }) {
    const { requests, terminated = 0, recentRequests, recentTerminated } = apiMetrics;
    if (requests === undefined || requests === 0) return unknown('not-reported');
    const recent = recentRequests === undefined || recentTerminated === undefined ? undefined : shareOf(recentTerminated, recentRequests);
    return above(preferRecent({ value: recent, count: recentRequests }, minimumCount, shareOf(terminated, requests)) ?? 0, { warning: warningPercent });
  },
});
