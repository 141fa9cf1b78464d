import { defineCheck, unknown, type Violation } from '../check.ts';

export const objectCountHigh = defineCheck({
  id: 'control-plane-object-count-high',
  area: 'control-plane',
  title: { zh: 'etcd 中某类对象过多', en: 'Too many objects of one kind in etcd' },
  why: {
    zh: '某类对象过多会拖慢列表与启动：API Server 的内存随之上涨，重启后恢复很慢。',
    en: 'Too many objects slow down list requests and startup: API server memory grows, and recovery after a restart is slow.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep -E "apiserver_(storage|resource)_objects"` 找出数量最多的类型；清理遗留对象，缩短事件与已结束任务的保留时间。',
    en: 'Run `kubectl get --raw /metrics | grep -E "apiserver_(storage|resource)_objects"` to find the kind with the most objects; remove leftover objects and shorten the retention of events and finished jobs.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'count',
  threshold: { kindCount: 100_000, eventsCount: 50_000 },
  source: 'practice: lists of 100 000 objects of a kind, or 50 000 events, slow down API server and etcd',

  evaluate({ apiMetrics }, { kindCount, eventsCount }) {
    if (apiMetrics.objects === undefined) return unknown('not-reported');
    let worst: Violation | undefined;
    let excess = 1;
    for (const [kind, count] of Object.entries(apiMetrics.objects)) {
      const limit = kind === 'events' ? eventsCount : kindCount;
      if (count <= limit || count / limit <= excess) continue;
      excess = count / limit;
      worst = { observed: count, threshold: limit };
    }
    return worst ? [worst] : [];
  },
});
