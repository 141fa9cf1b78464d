import { defineCheck } from '../check.ts';
import { byOwner } from '../pod-rows.ts';

export const terminatingStuck = defineCheck({
  id: 'pod-terminating-stuck',
  area: 'pod',
  title: { zh: 'Pod 卡在终止状态', en: 'Pods stuck in Terminating' },
  why: {
    zh: 'Pod 删不掉时仍占着存储卷和名字：StatefulSet 的替换副本起不来。',
    en: 'A pod that cannot be deleted keeps its volume and name: a StatefulSet cannot start its replacement.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pod <Pod> -o jsonpath={.metadata.finalizers}` 查看是否有终结器未清除，并用 `kubectl get node` 确认节点正常；排除存储卷卸载失败后再考虑强制删除。',
    en: 'Run `kubectl -n <namespace> get pod <pod> -o jsonpath={.metadata.finalizers}` to check for remaining finalizers and `kubectl get node` to confirm that the node is healthy; rule out a failed volume unmount before considering a forced deletion.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 900 },
  source: 'popeye 200 (terminating); 15 min beyond the grace period by practice',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const seconds = row.deletedAt === undefined ? 0 : now - row.deletedAt;
      return seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
