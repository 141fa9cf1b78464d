import { defineCheck, notApplicable } from '../check.ts';

export const nodesEven = defineCheck({
  id: 'control-plane-nodes-even',
  area: 'control-plane',
  title: { zh: '管理节点数为偶数', en: 'Even number of control-plane nodes' },
  why: {
    zh: '偶数个控制面节点并不更可靠：对半分开时 etcd 失去多数，集群只读。',
    en: 'An even number is no safer: split in halves, etcd has no majority and the cluster takes no change.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -l node-role.kubernetes.io/control-plane` 核对数量；增加或移除一个，使 etcd 成员数为奇数：偶数个成员不会提高容错能力。',
    en: 'Run `kubectl get nodes -l node-role.kubernetes.io/control-plane`; add or remove one, because an even number of etcd members tolerates no more failures.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { fromCount: 2 },
  source: 'Alibaba Cloud inspection (3 or 5), etcd FAQ: odd cluster sizes',

  evaluate({ nodes }, { fromCount }) {
    if (nodes.controlPlanes < fromCount) return notApplicable('not-in-use');
    return nodes.controlPlanes % 2 === 0 ? [{ observed: nodes.controlPlanes }] : [];
  },
});
