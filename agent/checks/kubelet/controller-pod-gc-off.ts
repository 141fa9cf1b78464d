import { defineCheck } from '../check.ts';

export const controllerPodGcOff = defineCheck({
  id: 'kubelet-controller-pod-gc-off',
  area: 'kubelet',
  title: { zh: '已终止的 Pod 不会被及时清理', en: 'Delayed clean-up of terminated pods' },
  why: { zh: '终止的 Pod 不断堆积，etcd 与列表请求越来越慢。', en: 'Terminated pods accumulate, and etcd and list requests become slower and slower.' },
  remedy: {
    zh: '执行 `grep -- --terminated-pod-gc-threshold /etc/kubernetes/manifests/kube-controller-manager.yaml` 确认；恢复默认值或设得更小，过多的已终止 Pod 会占用 etcd 与内存。',
    en: 'Run `grep -- --terminated-pod-gc-threshold /etc/kubernetes/manifests/kube-controller-manager.yaml` to confirm; restore the default or set a lower value: too many terminated pods consume etcd space and memory.',
  },
  severity: 'warning',
  reads: ['controllerManagerFlags'],
  unit: 'count',
  threshold: { highestCount: 12_500 },
  source: 'CIS Kubernetes Benchmark 1.3.1; default 12 500. Higher than the default is milder than none',

  evaluate({ controllerManagerFlags }, { highestCount }) {
    const kept = controllerManagerFlags.terminatedPodGcCount;
    if (kept === 0) return [{ observed: 0, threshold: highestCount }];
    return kept > highestCount ? [{ observed: kept, threshold: highestCount, severity: 'info' }] : [];
  },
});
