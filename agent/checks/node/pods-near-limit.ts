import { defineCheck, unknown } from '../check.ts';
import { percentOf } from '../cluster-capacity.ts';
import { above } from '../levels.ts';
import { nodeScope } from '../node-rows.ts';

export const podsNearLimit = defineCheck({
  id: 'node-pods-near-limit',
  area: 'node',
  title: { zh: '节点的 Pod 数接近上限', en: 'Nodes close to their pod limit' },
  why: {
    zh: '到达上限后新的 Pod 不能落到该节点：扩容和故障迁移会停在 Pending。',
    en: 'At the limit, no more pods can be placed on the node: scale-outs and failovers remain Pending.',
  },
  remedy: {
    zh: '执行 `kubectl get pod -A --field-selector spec.nodeName=<节点> | wc -l` 核对数量；把部分 Pod 调度到其他节点，或扩容节点，谨慎调整 kubelet 的 maxPods。',
    en: 'Run `kubectl get pod -A --field-selector spec.nodeName=<node> | wc -l` to check the number; schedule some pods on other nodes or add nodes, and adjust maxPods of the kubelet only with caution.',
  },
  severity: 'warning',
  reads: ['nodes', 'pods'],
  unit: 'percent',
  threshold: { infoPercent: 85, warningPercent: 95 },
  source: 'kubernetes-mixin KubeletTooManyPods (95 %); notice at 85 % by practice',

  evaluate({ nodes, pods }, { infoPercent, warningPercent }) {
    const slots = new Map(nodes.rows.map(({ name, podsAllocatable }) => [name, podsAllocatable]));
    const full = pods.byNode.flatMap(({ node, pods: count }) => {
      const used = percentOf(count, slots.get(node) ?? 0);
      return used === undefined ? [] : above(used, { info: infoPercent, warning: warningPercent }).map((violation) => ({ ...violation, scope: nodeScope(node) }));
    });
    return full.length === 0 && pods.nodesDropped > 0 ? unknown('truncated') : full;
  },
});
