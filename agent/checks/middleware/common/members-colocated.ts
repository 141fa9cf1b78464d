import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const middlewareMembersColocated = defineCheck({
  id: 'middleware-members-colocated',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件的全部成员位于同一节点', en: 'All members of a middleware instance on one node' },
  why: { zh: '这个节点故障时全部成员同时失去，高可用形同虚设。', en: 'If that node fails, all members are lost at once: high availability exists in name only.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide` 查看所在节点；为工作负载设置 podAntiAffinity 或 topologySpreadConstraints 并逐个重建。',
    en: 'Run `kubectl -n <namespace> get pods -o wide` to see the nodes; add podAntiAffinity or topologySpreadConstraints to the workload and recreate the pods one by one.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middleware'],
  unit: 'count',
  threshold: { leastCount: 2 },
  source: 'practice: one node that fails takes all members with it',

  evaluate({ middleware: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ place, members, nodes }) => {
      if (place !== 'cluster' || members < leastCount || nodes === undefined || nodes === 0) return 'other';
      return nodes < leastCount ? [{ observed: nodes, threshold: leastCount }] : [];
    });
  },
});
