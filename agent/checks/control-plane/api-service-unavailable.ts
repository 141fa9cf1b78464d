import { defineCheck, type Violation } from '../check.ts';
import { minutesSince } from '../node-rows.ts';

export const apiServiceUnavailable = defineCheck({
  id: 'control-plane-api-service-unavailable',
  area: 'control-plane',
  title: { zh: '聚合 API 不可用', en: 'Aggregated APIs that are down' },
  why: {
    zh: '聚合 API（例如指标）不可用：依赖它的自动扩缩容停止，删除命名空间会卡住。',
    en: 'Without the aggregated API (metrics, say) autoscaling stops and namespaces cannot be deleted.',
  },
  remedy: {
    zh: '执行 `kubectl get apiservice` 找出 AVAILABLE 不为 True 的条目，再用 `kubectl describe apiservice <名称>` 查看原因；修复其后端 Service，不再使用的条目应当删除。',
    en: 'Run `kubectl get apiservice` for entries that are not AVAILABLE and `kubectl describe apiservice <name>` for the reason; repair the Service behind it, or delete an entry that nobody uses.',
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
