import { defineCheck, unknown } from '../check.ts';

export const reservedUnset = defineCheck({
  id: 'kubelet-reserved-unset',
  area: 'kubelet',
  title: { zh: '未为系统与 Kubernetes 组件预留资源', en: 'No resources reserved for system and Kubernetes daemons' },
  why: {
    zh: 'Pod 可以占满节点，kubelet 和系统服务被饿死，节点变为未就绪。',
    en: 'Pods can use up the whole node: the kubelet and system services are starved, and the node becomes NotReady.',
  },
  remedy: {
    zh: '执行 `grep -A3 -E "systemReserved|kubeReserved" /var/lib/kubelet/config.yaml` 确认；按节点规格设置预留的 CPU、内存与临时存储，避免 Pod 占满节点。',
    en: 'Run `grep -A3 -E "systemReserved|kubeReserved" /var/lib/kubelet/config.yaml` to confirm; reserve CPU, memory and ephemeral storage according to the size of the node, so that pods cannot exhaust it.',
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
