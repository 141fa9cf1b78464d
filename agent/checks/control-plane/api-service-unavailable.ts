import { defineCheck, type Violation } from '../check.ts';
import { minutesSince } from '../node-rows.ts';

export const apiServiceUnavailable = defineCheck({
  id: 'control-plane-api-service-unavailable',
  area: 'control-plane',
  title: { zh: '聚合 API 不可用', en: 'Aggregated APIs unavailable' },
  why: {
    zh: '聚合 API（例如指标）不可用：依赖它的自动扩缩容停止，删除命名空间会卡住。',
    en: 'While an aggregated API (such as metrics) is unavailable, autoscaling that depends on it stops and namespace deletion hangs.',
  },
  remedy: {
    zh: '执行 `kubectl get apiservice` 找出 AVAILABLE 不为 True 的条目，再用 `kubectl describe apiservice <名称>` 查看原因；修复其后端 Service，不再使用的条目应当删除。',
    en: 'Run `kubectl get apiservice` to find entries whose AVAILABLE is not True, then `kubectl describe apiservice <name>` to see the reason; fix the backend Service, or delete entries that are no longer used.',
  },
  severity: 'warning',
  reads: ['apiServices'],
  unit: 'minutes',
  threshold: { afterMinutes: 0 },
  source: "kubernetes-mixin KubeAggregatedAPIDown, k8sgpt; told at once, how long it must hold before an incident is the trigger's business",

  evaluate({ apiServices }, { afterMinutes }, { now }) {
    return apiServices.rows.flatMap(({ name, since }): readonly Violation[] => {
      const minutes = since === undefined ? undefined : minutesSince(since, now);
      if (minutes !== undefined && minutes < afterMinutes) return [];
      return [{ scope: { kind: 'APIService', name }, observed: minutes }];
    });
  },
});
