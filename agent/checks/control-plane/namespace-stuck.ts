import { defineCheck, type Violation } from '../check.ts';
import { minutesSince } from '../node-rows.ts';

export const namespaceStuck = defineCheck({
  id: 'control-plane-namespace-stuck',
  area: 'control-plane',
  title: { zh: '命名空间长时间无法删除', en: 'Namespaces that cannot be deleted' },
  why: {
    zh: '删不掉的命名空间里对象残留：同名环境无法重建，说明有 API 或终结器失效。',
    en: 'What was in the namespace stays, and one of the same name cannot be made; an API or a finalizer behind it is broken.',
  },
  remedy: {
    zh: '执行 `kubectl get ns <名称> -o jsonpath={.status.conditions}` 查看受阻原因，再用 `kubectl api-resources --verbs=list --namespaced -o name` 逐类查找残留对象；修复不可用的聚合 API 或控制器，不要直接清空 finalizers。',
    en: 'Run `kubectl get ns <name> -o jsonpath={.status.conditions}` for what holds it up and look for leftovers by `kubectl api-resources --verbs=list --namespaced -o name`; repair the API or controller behind them instead of clearing finalizers.',
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
