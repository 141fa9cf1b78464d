import { defineCheck, notApplicable } from '../check.ts';

export const nodeSingle = defineCheck({
  id: 'control-plane-node-single',
  area: 'control-plane',
  title: { zh: '只有一个管理节点', en: 'Only one control-plane node' },
  why: {
    zh: '控制面只有一个节点：它故障期间集群无法管理，磁盘损坏则只能靠备份。',
    en: 'With only one control-plane node, the cluster cannot be managed while it is down, and recovery from a damaged disk depends entirely on the backup.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -l node-role.kubernetes.io/control-plane` 核对数量；生产集群应有三个或更多管理节点，在扩容之前务必定期备份 etcd。',
    en: 'Run `kubectl get nodes -l node-role.kubernetes.io/control-plane` to check the number; a production cluster should have three or more control-plane nodes; until then, back up etcd regularly.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 2 },
  source: 'popeye POP-712, Alibaba Cloud and Tencent inspections (3 or 5)',

  evaluate({ nodes }, { minimumCount }) {
    if (nodes.controlPlanes === 0) return notApplicable('not-in-use');
    return nodes.controlPlanes < minimumCount ? [{ observed: nodes.controlPlanes, threshold: minimumCount }] : [];
  },
});
