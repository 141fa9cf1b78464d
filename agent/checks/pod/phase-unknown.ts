import { defineCheck } from '../check.ts';
import { byOwner, notReadySeconds } from '../pod-rows.ts';

export const phaseUnknown = defineCheck({
  id: 'pod-phase-unknown',
  area: 'pod',
  title: { zh: 'Pod 状态未知', en: 'Pods in Unknown state' },
  why: {
    zh: '节点失联，谁也不知道该 Pod 是否还在运行：有状态的副本不能安全地另起一个。',
    en: 'Nobody knows whether the pod is still running: a stateful replica cannot safely be started elsewhere.',
  },
  remedy: {
    zh: '执行 `kubectl get node <节点>` 确认 Pod 所在节点是否失联；恢复节点或 kubelet，节点确已不存在时再删除其 Node 对象。',
    en: "Run `kubectl get node <node>` to see whether the pod's node is unreachable; restore the node or its kubelet, and delete its Node object only if the machine is permanently gone.",
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 300 },
  source: 'kubernetes-mixin KubePodNotReady (phase Unknown); 5 min: the node controller itself waits 40 s',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const seconds = notReadySeconds(row, now);
      return (row.phase === 'Unknown' || row.failure === 'node-lost') && seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
