import { defineCheck, unknown } from '../check.ts';

export const apiRestarted = defineCheck({
  id: 'control-plane-api-restarted',
  area: 'control-plane',
  title: { zh: 'API 服务器刚刚重启', en: 'Recent API server restart' },
  why: {
    zh: '期间 API 不可用过；若无计划内变更，可能是内存不足或探针失败，会再次发生。',
    en: 'The API was briefly unavailable; if unplanned, lack of memory or a failed probe may be the cause, and it will recur.',
  },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pod -l component=kube-apiserver` 查看重启次数，并查看上一个容器的日志；若非计划内变更，检查内存不足、探针失败与证书。',
    en: "Run `kubectl -n kube-system get pod -l component=kube-apiserver` to check the restart count, and read the previous container's log; unless it was planned, check for lack of memory, failed probes and certificate problems.",
  },
  severity: 'info',
  reads: ['apiMetrics'],
  unit: 'minutes',
  threshold: { withinMinutes: 60 },
  source: 'practice: an unplanned restart deserves a look',

  evaluate({ apiMetrics }, { withinMinutes }, { now }) {
    if (apiMetrics.startedAt === undefined) return unknown('not-reported');
    const minutes = Math.max(0, Math.floor((now - apiMetrics.startedAt) / 60));
    return minutes < withinMinutes ? [{ observed: minutes, threshold: withinMinutes }] : [];
  },
});
