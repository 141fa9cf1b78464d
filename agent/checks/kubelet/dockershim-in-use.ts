import { defineCheck, notApplicable, unknown } from '../check.ts';

export const dockershimInUse = defineCheck({
  id: 'kubelet-dockershim-in-use',
  area: 'kubelet',
  title: { zh: '仍在使用 dockershim', en: 'Dockershim still in use' },
  why: { zh: 'Kubernetes 1.24 起已移除，不换运行时就无法升级集群。', en: 'It is gone since Kubernetes 1.24: without another runtime the cluster cannot be upgraded.' },
  remedy: {
    zh: '执行 `kubectl get nodes -o wide` 查看运行时；按官方迁移指南逐个节点改用 containerd，或部署 cri-dockerd，升级到 1.24 之前必须完成。',
    en: 'See the runtimes with `kubectl get nodes -o wide`; move the nodes to containerd one by one as the migration guide describes, or install cri-dockerd: both before an upgrade to 1.24.',
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
