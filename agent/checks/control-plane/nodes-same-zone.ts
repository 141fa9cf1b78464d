import { defineCheck, notApplicable, unknown } from '../check.ts';

export const nodesSameZone = defineCheck({
  id: 'control-plane-nodes-same-zone',
  area: 'control-plane',
  title: { zh: '管理节点都在同一可用区', en: 'All control-plane nodes in one zone' },
  why: { zh: '这个可用区断电或断网时，整个集群失去控制面。', en: 'If this zone loses power or network connectivity, the whole cluster loses its control plane.' },
  remedy: {
    zh: '执行 `kubectl get nodes -l node-role.kubernetes.io/control-plane -L topology.kubernetes.io/zone` 核对；把管理节点分布到不同可用区，避免一处故障使控制面全部不可用。',
    en: 'Run `kubectl get nodes -l node-role.kubernetes.io/control-plane -L topology.kubernetes.io/zone` to confirm; distribute the control-plane nodes across zones, so that a single failure does not take down the whole control plane.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 2 },
  source: 'Tencent and Alibaba Cloud inspections of control-plane placement',

  evaluate({ nodes }, { minimumCount }) {
    const masters = nodes.rows.filter(({ role }) => role === 'control-plane');
    if (masters.length < minimumCount || nodes.zones === 0) return notApplicable('not-in-use');
    if (masters.some(({ zone }) => zone === undefined)) return unknown('not-reported');
    const zones = new Set(masters.map(({ zone }) => zone)).size;
    return zones < minimumCount ? [{ observed: zones, threshold: minimumCount }] : [];
  },
});
