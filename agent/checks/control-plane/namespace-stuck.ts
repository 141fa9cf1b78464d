import { defineCheck, type Violation } from '../check.ts';
import { minutesSince } from '../node-rows.ts';

export const namespaceStuck = defineCheck({
  id: 'control-plane-namespace-stuck',
  area: 'control-plane',
  title: { zh: '命名空间长时间无法删除', en: 'Namespaces stuck in deletion' },
  why: {
    zh: '删不掉的命名空间里对象残留：同名环境无法重建，说明有 API 或终结器失效。',
    en: 'Objects remain in a namespace that cannot be deleted: an environment with the same name cannot be recreated. This indicates a failed API or finalizer.',
  },
  remedy: {
    zh: '执行 `kubectl get ns <名称> -o jsonpath={.status.conditions}` 查看受阻原因，再用 `kubectl api-resources --verbs=list --namespaced -o name` 逐类查找残留对象；修复不可用的聚合 API 或控制器，不要直接清空 finalizers。',
    en: 'Run `kubectl get ns <name> -o jsonpath={.status.conditions}` to see what is blocking deletion, then use `kubectl api-resources --verbs=list --namespaced -o name` to look for leftover objects type by type; fix the unavailable aggregated API or controller instead of clearing finalizers directly.',
  },
  severity: 'warning',
  reads: ['namespaces'],
  unit: 'minutes',
  threshold: { afterMinutes: 15 },
  source: 'k8sgpt, practice: a namespace is gone within minutes unless a finalizer or an aggregated API holds it',

  evaluate({ namespaces }, { afterMinutes }, { now }) {
    return namespaces.rows.flatMap(({ name, phase, terminatingSince, problems }): readonly Violation[] => {
      if (phase !== 'Terminating') return [];
      const minutes = terminatingSince === undefined ? undefined : minutesSince(terminatingSince, now);
      if (minutes !== undefined && minutes < afterMinutes) return [];
      return [{ scope: { kind: 'Namespace', name }, observed: problems[0] ?? minutes }];
    });
  },
});
