import { defineCheck, unknown } from '../check.ts';

export const reservedUnset = defineCheck({
  id: 'kubelet-reserved-unset',
  area: 'kubelet',
  title: { zh: '未为系统与 Kubernetes 组件预留资源', en: 'No resources reserved for system and Kubernetes' },
  why: { zh: 'Pod 可以占满节点，kubelet 和系统服务被饿死，节点变为未就绪。', en: 'Pods may take the whole node: kubelet and system starve, and the node turns not ready.' },
  remedy: {
    zh: '执行 `grep -A3 -E "systemReserved|kubeReserved" /var/lib/kubelet/config.yaml` 确认；按节点规格设置预留的 CPU、内存与临时存储，避免 Pod 占满节点。',
    en: 'Check `grep -A3 -E "systemReserved|kubeReserved" /var/lib/kubelet/config.yaml`; reserve CPU, memory and ephemeral storage by the size of the node, so that pods cannot starve it.',
  },
  severity: 'warning',
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'Kubernetes documentation, “Reserve Compute Resources for System Daemons”; practice',

  evaluate({ kubelet }) {
    if (kubelet.systemReservedSet === undefined || kubelet.kubeReservedSet === undefined) return unknown();
    return kubelet.systemReservedSet || kubelet.kubeReservedSet ? [] : [{ observed: false, threshold: true }];
  },
});
