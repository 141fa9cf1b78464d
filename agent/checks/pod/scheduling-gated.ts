import { defineCheck } from '../check.ts';
import { byOwner } from '../pod-rows.ts';

export const schedulingGated = defineCheck({
  id: 'pod-scheduling-gated',
  area: 'pod',
  title: { zh: 'Pod 长时间被调度门控阻挡', en: 'Pods held back by scheduling gates' },
  why: {
    zh: '该 Pod 不会启动，直到有控制器解除门控；若控制器出错就一直等下去。',
    en: 'The pod does not start until a controller removes the gate; if that controller fails, it waits indefinitely.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pod <Pod> -o jsonpath={.spec.schedulingGates}` 查看门控名称；检查负责移除它的控制器是否运行正常。',
    en: 'Run `kubectl -n <namespace> get pod <pod> -o jsonpath={.spec.schedulingGates}` to see the name of the gate; check that the controller responsible for removing it is working.',
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
