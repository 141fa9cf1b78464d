import { defineCheck, notApplicable } from '../check.ts';

export const singleZone = defineCheck({
  id: 'node-single-zone',
  area: 'node',
  title: { zh: '全部节点位于同一可用区', en: 'All nodes in one zone' },
  why: { zh: '该可用区故障时所有业务同时中断，没有别处可以承接。', en: 'If this zone fails, all services stop at once, with nowhere to fail over to.' },
  remedy: {
    zh: '执行 `kubectl get nodes -L topology.kubernetes.io/zone` 核对可用区；有条件时在其他可用区增加节点，并为工作负载配置 topologySpreadConstraints。',
    en: 'Run `kubectl get nodes -L topology.kubernetes.io/zone` to check the zones; if possible, add nodes in other zones, and configure topologySpreadConstraints for workloads.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 2 },
  source: 'Kubernetes docs, running in multiple zones; Tencent, Alibaba Cloud inspections',

  evaluate({ nodes }, { minimumCount }) {
    if (nodes.zones === 0 || nodes.total < minimumCount) return notApplicable('not-in-use');
    return nodes.zones < minimumCount ? [{ observed: nodes.zones, threshold: minimumCount }] : [];
  },
});
