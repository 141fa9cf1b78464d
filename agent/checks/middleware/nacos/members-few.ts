import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nacosMembersFew = defineCheck({
  id: 'nacos-members-few',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 集群成员数不合理', en: 'Unsuitable number of Nacos cluster members' },
  why: { zh: '坏一个就失去多数，注册与配置不能再更新。', en: 'If one fails, the majority is lost, and registrations and configurations cannot be updated.' },
  remedy: {
    zh: '查看 `conf/cluster.conf`；使用 3 个或更多的奇数成员，偶数不增加可容忍的故障数。',
    en: 'Check `conf/cluster.conf`; use three or a larger odd number of members, because an even number adds no fault tolerance.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'count',
  threshold: { leastCount: 3 },
  source: 'Nacos documentation, "Cluster deployment": three or more nodes; Raft wants an odd number',

  evaluate({ middlewareNacos: { rows } }, { leastCount }) {
    return judgeInstances(rows, ({ mode, nodes }) =>
      mode === 'standalone' ? 'other' : told(nodes, (count) => (count < leastCount || count % 2 === 0 ? [{ observed: count, threshold: leastCount }] : [])),
    );
  },
});
