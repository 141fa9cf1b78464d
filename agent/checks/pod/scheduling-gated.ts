import { defineCheck } from '../check.ts';
import { byOwner } from '../pod-rows.ts';

export const schedulingGated = defineCheck({
  id: 'pod-scheduling-gated',
  area: 'pod',
  title: { zh: 'Pod 长时间被调度门控阻挡', en: 'Scheduling gates hold pods back' },
  why: {
    zh: '该 Pod 不会启动，直到有控制器解除门控；若控制器出错就一直等下去。',
    en: 'It does not start until a controller lifts the gate, and waits for ever if that controller fails.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pod <Pod> -o jsonpath={.spec.schedulingGates}` 查看门控名称；检查负责移除它的控制器是否运行正常。',
    en: 'Run `kubectl -n <namespace> get pod <pod> -o jsonpath={.spec.schedulingGates}` for the name of the gate; see whether the controller that should remove it works.',
  },
  severity: 'info',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 3_600 },
  source: 'k8sgpt reports gated pods at once; one hour because queues gate on purpose',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const seconds = now - row.createdAt;
      return row.gated && row.deletedAt === undefined && seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
