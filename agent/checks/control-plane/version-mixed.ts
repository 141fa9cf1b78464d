import { defineCheck, unknown } from '../check.ts';

export const versionMixed = defineCheck({
  id: 'control-plane-version-mixed',
  area: 'control-plane',
  title: { zh: '集群中混用的 Kubernetes 版本过多', en: 'Too many Kubernetes versions in one cluster' },
  why: {
    zh: '版本差异过大不受支持：Pod 的行为因节点而异，升级可能卡在半途。',
    en: 'Such a large version skew is not supported: pod behaviour varies from node to node, and an upgrade may stall half-way.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes` 与 `kubectl version` 比较版本；完成尚未结束的升级，使全部节点与控制面处于同一次版本。',
    en: 'Run `kubectl get nodes` and `kubectl version` to compare versions; finish the pending upgrade, so that all nodes and the control plane run the same minor version.',
  },
  severity: 'warning',
  reads: ['nodes', 'apiServer'],
  unit: 'count',
  threshold: { maximumCount: 1 },
  source: 'kubernetes-mixin KubeVersionMismatch (> 1 minor)',

  evaluate({ nodes, apiServer }, { maximumCount }) {
    const minors = new Set(nodes.rows.flatMap(({ kubeletMinor }) => kubeletMinor ?? []));
    if (minors.size === 0) return unknown('not-reported');
    minors.add(apiServer.minor);
    return minors.size > maximumCount ? [{ observed: minors.size, threshold: maximumCount }] : [];
  },
});
