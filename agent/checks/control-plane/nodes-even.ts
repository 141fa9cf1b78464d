import { defineCheck, notApplicable } from '../check.ts';

export const nodesEven = defineCheck({
  id: 'control-plane-nodes-even',
  area: 'control-plane',
  title: { zh: '管理节点数为偶数', en: 'Even number of control-plane nodes' },
  why: {
    zh: '偶数个控制面节点并不更可靠：对半分开时 etcd 失去多数，集群只读。',
    en: 'An even number is no more reliable: if split in half, etcd loses its majority and the cluster becomes read-only.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -l node-role.kubernetes.io/control-plane` 核对数量；增加或移除一个，使 etcd 成员数为奇数：偶数个成员不会提高容错能力。',
    en: 'Run `kubectl get nodes -l node-role.kubernetes.io/control-plane` to check the number; add or remove one node so that the number of etcd members is odd: an even number does not improve fault tolerance.',
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
