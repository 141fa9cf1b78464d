import { defineCheck } from '../check.ts';
import { byOwner, notReadySeconds, waitOf } from '../pod-rows.ts';

export const createFailing = defineCheck({
  id: 'pod-create-failing',
  area: 'pod',
  title: { zh: '容器无法创建', en: 'Containers that cannot be created' },
  why: {
    zh: '容器创建不出来：引用的配置、密钥或运行时有误，该副本永远不会自己恢复。',
    en: 'The container cannot be created because a referenced configuration, secret or runtime is wrong or missing: the replica will not recover by itself.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看事件：通常是引用的 ConfigMap、Secret 或键不存在，或启动命令不存在；补齐后 Pod 会自行恢复。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` and read the events: usually a referenced ConfigMap, Secret or key, or the start command, does not exist; once it has been provided the pod recovers by itself.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 600 },
  source: 'kubernetes-mixin KubeContainerWaiting (1 h), 10 min as for images; popeye 203, k8sgpt',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const seconds = notReadySeconds(row, now);
      return waitOf(row) === 'create' && row.deletedAt === undefined && seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
