import { defineCheck } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const unreachable = defineCheck({
  id: 'node-unreachable',
  area: 'node',
  title: { zh: '节点失联', en: 'Nodes unreachable from the control plane' },
  why: {
    zh: '控制面已联系不上该节点：上面的 Pod 会被驱逐到别处，带本地存储的则无法迁移。',
    en: 'The control plane has lost contact with the node: its pods are evicted to other nodes, but those with local storage cannot be moved.',
  },
  remedy: {
    zh: '执行 `kubectl get node <节点> -o wide` 与 `ping <节点>` 判断是主机、网络还是 kubelet 的问题；恢复后确认租约继续更新，长期失联的节点应先驱逐再移除。',
    en: 'Run `kubectl get node <node> -o wide` and `ping <node>` to tell whether the host, network or kubelet is at fault; after recovery, confirm that the lease is renewed; drain and remove a node that stays unreachable.',
  },
  severity: 'critical',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 5 },
  source: 'kubernetes-mixin KubeNodeUnreachable (15 min there), popeye POP-701',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    return inStateFor(nodes.rows, afterMinutes, now, (row) => (row.ready === 'unknown' || row.unreachable ? (row.readySince ?? 'unknown') : undefined));
  },
});
