import { defineCheck } from '../check.ts';

export const workerSingle = defineCheck({
  id: 'node-worker-single',
  area: 'node',
  title: { zh: '可以运行普通 Pod 的节点不足', en: 'Too few nodes for ordinary pods' },
  why: { zh: '只有一个节点承载业务：它一旦故障或维护，全部业务中断。', en: 'Only one node runs ordinary pods: if it fails or is under maintenance, all services are interrupted.' },
  remedy: {
    zh: '执行 `kubectl get nodes` 查看可调度的节点；增加工作节点，否则该节点故障或升级时业务没有去处。',
    en: 'Run `kubectl get nodes` to check the schedulable nodes; add worker nodes, otherwise workloads have nowhere to go when this node fails or is upgraded.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 2 },
  source: 'practice: no failover with one node; Alibaba Cloud, Tencent inspections of node counts',

  evaluate({ nodes }, { minimumCount }) {
    const count = nodes.rows.filter(({ unschedulable, dedicated, taints }) => !unschedulable && !dedicated && taints === 0).length;
    return count < minimumCount ? [{ observed: count, threshold: minimumCount, severity: count === 0 ? 'critical' : 'warning' }] : [];
  },
});
