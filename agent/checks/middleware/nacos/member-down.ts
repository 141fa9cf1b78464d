import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const nacosMemberDown = defineCheck({
  id: 'nacos-member-down',
  area: 'middleware',
  product: 'nacos',
  group: 'load',
  title: { zh: 'Nacos 集群成员不可用', en: 'Nacos cluster member unavailable' },
  why: {
    zh: '容错减少，再坏一个可能失去多数，注册与配置停止更新。',
    en: 'Fault tolerance is reduced: another failure may lose the majority and stop registration and configuration updates.',
  },
  remedy: {
    zh: '执行 `curl "http://<成员>:8848/nacos/v1/core/cluster/nodes"` 查看 state；检查该成员的进程、nacos.log 与成员间网络（7848、9848、9849）。',
    en: 'Run `curl "http://<member>:8848/nacos/v1/core/cluster/nodes"` to see state; check that member\'s process, its nacos.log and the network between members (7848, 9848, 9849).',
  },
  severity: 'critical',
  reads: ['middlewareNacos'],
  unit: 'count',
  threshold: {},
  source: 'Nacos documentation, "Cluster deployment": every member is UP; SUSPICIOUS and DOWN are not',

  evaluate({ middlewareNacos: { rows } }) {
    return judgeInstances(rows, ({ mode, nodes, nodesUp }) => {
      if (mode === 'standalone') return 'other';
      return nodes === undefined || nodesUp === undefined ? 'silent' : nodesUp < nodes ? [{ observed: nodesUp, threshold: nodes }] : [];
    });
  },
});
