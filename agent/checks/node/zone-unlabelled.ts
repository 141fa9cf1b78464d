import { defineCheck, notApplicable } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const zoneUnlabelled = defineCheck({
  id: 'node-zone-unlabelled',
  area: 'node',
  title: { zh: '部分节点缺少可用区标签', en: 'Nodes without a zone label' },
  why: { zh: '调度器无法把副本分散到不同可用区，带区域的卷也可能挂不上。', en: 'The scheduler cannot spread replicas across zones, and zonal volumes may fail to attach.' },
  remedy: {
    zh: '执行 `kubectl get nodes -L topology.kubernetes.io/zone` 找出缺少标签的节点；补上标签：`kubectl label node <节点> topology.kubernetes.io/zone=<可用区>`，否则按可用区的打散不会覆盖它们。',
    en: 'Run `kubectl get nodes -L topology.kubernetes.io/zone` to find nodes without the label; add it with `kubectl label node <node> topology.kubernetes.io/zone=<zone>`, otherwise zone spreading does not cover them.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'practice: pods with a zone spread constraint are not scheduled to nodes without the label',

  evaluate({ nodes }, { minimumCount }) {
    if (nodes.zones < minimumCount) return notApplicable('not-in-use');
    return nodes.rows.filter(({ zone }) => zone === undefined).map(({ name }) => ({ scope: nodeScope(name) }));
  },
});
