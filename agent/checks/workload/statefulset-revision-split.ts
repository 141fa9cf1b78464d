import { defineCheck } from '../check.ts';
import { hasLackedReplicas, troubles, workloadScope } from '../workload-rows.ts';

export const statefulsetRevisionSplit = defineCheck({
  id: 'workload-statefulset-revision-split',
  area: 'workload',
  title: { zh: 'StatefulSet 新旧版本并存', en: 'StatefulSets running two revisions' },
  why: {
    zh: '一个集群里混跑两个版本，数据格式或协议不兼容时会出错；更新也可能已卡住。',
    en: 'Two versions run in one set, which may fail if data formats or protocols are incompatible; the update may also be stuck.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> rollout status statefulset/<名称> --timeout=5s` 查看停在哪个 Pod；修复该 Pod 后滚动会继续，OnDelete 策略需要逐个删除旧 Pod。',
    en: 'Run `kubectl -n <namespace> rollout status statefulset/<name> --timeout=5s` to see which pod it stopped at; the rollout continues once that pod is repaired; with OnDelete the old pods must be deleted one by one.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubeStatefulSetUpdateNotRolledOut (15 min)',

  evaluate({ workloads, pods }, { minimumSeconds }, { now }) {
    const since = troubles(pods.abnormal);
    return workloads.rows
      .filter((row) => row.kind === 'StatefulSet' && row.revisionSplit && !row.partitioned && (row.strategy === 'OnDelete' || hasLackedReplicas(row, since, now, minimumSeconds)))
      .map((row) => ({ scope: workloadScope(row), observed: row.updated, threshold: row.desired, severity: row.strategy === 'OnDelete' ? 'info' : 'warning' }));
  },
});
