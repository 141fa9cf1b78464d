import { defineCheck, notApplicable, unknown } from '../check.ts';

export const dockershimInUse = defineCheck({
  id: 'kubelet-dockershim-in-use',
  area: 'kubelet',
  title: { zh: '仍在使用 dockershim', en: 'Dockershim still in use' },
  why: {
    zh: 'Kubernetes 1.24 起已移除，不换运行时就无法升级集群。',
    en: 'Dockershim was removed in Kubernetes 1.24: unless the runtime is replaced, the cluster cannot be upgraded.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -o wide` 查看运行时；按官方迁移指南逐个节点改用 containerd，或部署 cri-dockerd，升级到 1.24 之前必须完成。',
    en: 'Check the runtimes with `kubectl get nodes -o wide`; migrate the nodes to containerd one by one as described in the official migration guide, or deploy cri-dockerd; this must be completed before upgrading to 1.24.',
  },
  severity: 'warning',
  setup: true,
  reads: ['runtime'],
  unit: 'value',
  threshold: {},
  source: 'Kubernetes “Dockershim Removal FAQ”: removed in 1.24',

  evaluate({ runtime }) {
    if (runtime.kind !== 'docker') return notApplicable('not-in-use');
    if (runtime.dockershim === undefined) return unknown();
    return runtime.dockershim ? [{ observed: true, threshold: false }] : [];
  },
});
