import { defineCheck, unknown } from '../check.ts';

export const eventRateLow = defineCheck({
  id: 'kubelet-event-rate-low',
  area: 'kubelet',
  title: { zh: 'kubelet 事件上报速率过低', en: 'Kubelet event rate limit too low' },
  why: { zh: '故障时大量事件被丢弃，排查时看不到关键的那一条。', en: 'During a failure many events are dropped, and the one needed for troubleshooting is missing.' },
  remedy: {
    zh: '执行 `grep eventRecordQPS /var/lib/kubelet/config.yaml` 确认；恢复默认值，否则故障时的关键事件会丢失。',
    en: 'Run `grep eventRecordQPS /var/lib/kubelet/config.yaml` to confirm; restore the default; otherwise key events are lost during failures.',
  },
  severity: 'info',
  reads: ['kubelet'],
  unit: 'per-second',
  threshold: { lowestPerSecond: 5 },
  source: 'CIS Kubernetes Benchmark 4.2.8; 5 was the default before 1.27, 50 since',

  evaluate({ kubelet }, { lowestPerSecond }) {
    if (kubelet.configSource === 'none') return unknown();
    const rate = kubelet.eventRecordQps;
    return rate !== undefined && rate > 0 && rate < lowestPerSecond ? [{ observed: rate, threshold: lowestPerSecond }] : [];
  },
});
