import { defineCheck, unknown } from '../check.ts';

export const maxPodsHigh = defineCheck({
  id: 'kubelet-max-pods-high',
  area: 'kubelet',
  title: { zh: '单节点 Pod 上限过高', en: 'Pod limit per node too high' },
  why: {
    zh: '超出测试过的密度，kubelet 与网络变慢，一个节点故障影响的 Pod 也更多。',
    en: 'Beyond the tested density, the kubelet and the network slow down, and the failure of one node affects more pods.',
  },
  remedy: {
    zh: '执行 `grep maxPods /var/lib/kubelet/config.yaml` 确认；结合节点规格与 Pod 网段大小降低 `maxPods`，或增加节点。',
    en: 'Run `grep maxPods /var/lib/kubelet/config.yaml` to confirm; lower `maxPods` to suit the size of the node and the pod network, or add nodes.',
  },
  severity: 'warning',
  setup: true,
  reads: ['kubelet'],
  unit: 'count',
  threshold: { highestCount: 250 },
  source: 'Kubernetes “Considerations for large clusters” (110); 250 is what OpenShift and the managed services allow by default',

  evaluate({ kubelet }, { highestCount }) {
    if (kubelet.maxPods === undefined) return unknown();
    return kubelet.maxPods > highestCount ? [{ observed: kubelet.maxPods, threshold: highestCount }] : [];
  },
});
