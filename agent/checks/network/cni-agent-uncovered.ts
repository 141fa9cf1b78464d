import { componentsOf } from '../addon-rows.ts';
import { defineCheck, notApplicable } from '../check.ts';

export const cniAgentUncovered = defineCheck({
  id: 'network-cni-agent-uncovered',
  area: 'network',
  title: { zh: '有节点没有网络插件', en: 'Nodes without the network plugin' },
  why: { zh: '这些节点上的新 Pod 没有网络，停在创建中。', en: 'New pods on these nodes have no network and remain stuck in creation.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get daemonset` 与 `kubectl get nodes` 对照数量；检查网络插件的节点选择器与容忍度。',
    en: 'Compare `kubectl -n <namespace> get daemonset` with `kubectl get nodes`; check the node selector and tolerations of the network plugin.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'count',
  threshold: { missingCount: 1 },
  source: 'practice: the DaemonSet of a network plugin tolerates everything and belongs on every node',

  evaluate({ addons }, { missingCount }) {
    const agents = componentsOf(addons, 'cni-agent').filter(({ kind }) => kind === 'DaemonSet');
    if (agents.length === 0) return notApplicable('not-present');
    let covered = 0;
    for (const { desired } of agents) covered += desired; // one DaemonSet for each architecture
    const missing = addons.nodes - covered;
    return missing >= missingCount ? [{ observed: missing, threshold: missingCount }] : [];
  },
});
