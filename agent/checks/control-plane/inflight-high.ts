import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const inflightHigh = defineCheck({
  id: 'control-plane-inflight-high',
  area: 'control-plane',
  title: { zh: 'API 服务器的并发请求接近上限', en: 'API server close to its concurrent request limit' },
  why: { zh: '并发请求到顶后新的请求被拒绝：kubelet 的心跳也可能被挡在外面。', en: 'At the limit, further requests are rejected, possibly including kubelet heartbeats.' },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep apiserver_current_inflight_requests` 核对并发数；找出请求量大的客户端并限速，必要时为管理节点扩容后调大 max-requests-inflight。',
    en: 'Run `kubectl get --raw /metrics | grep apiserver_current_inflight_requests` to check concurrency; rate-limit clients with high request volumes or, if necessary, scale up the control-plane nodes and raise max-requests-inflight.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'Tencent cluster inspection (80 % of max-requests-inflight); critical by practice',

  evaluate({ apiMetrics }, { warningPercent, criticalPercent }) {
    const { inflightReadOnly, inflightMutating, inflightLimit } = apiMetrics;
    if (inflightReadOnly === undefined || inflightMutating === undefined || inflightLimit === undefined || inflightLimit === 0) return unknown('not-reported');
    return above(Math.round(((inflightReadOnly + inflightMutating) / inflightLimit) * 1_000) / 10, { warning: warningPercent, critical: criticalPercent });
  },
});
