import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nacosLeaderMissing = defineCheck({
  id: 'nacos-leader-missing',
  area: 'middleware',
  product: 'nacos',
  group: 'load',
  title: { zh: 'Nacos Raft 组没有主节点', en: 'Nacos Raft group without a leader' },
  why: {
    zh: '无法写入：注册与配置变更失败，重启的服务可能找不到彼此。',
    en: 'Nothing can be written: registrations and configuration changes fail, and restarted services may not find each other.',
  },
  remedy: {
    zh: '执行 `curl "http://<成员>:8848/nacos/v1/core/cluster/nodes"` 查看 raftMetaData 的 leader；检查成员数是否过半存活、7848 端口是否互通、protocol-raft.log。',
    en: 'Run `curl "http://<member>:8848/nacos/v1/core/cluster/nodes"` to see leader in raftMetaData; check that more than half of the members are alive and can reach each other on 7848, and read protocol-raft.log.',
  },
  severity: 'critical',
  reads: ['middlewareNacos'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'Nacos documentation, "Monitor": one leader; without one neither persistent services nor embedded configurations can be written',

  evaluate({ middlewareNacos: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ mode, raftLeaderless }) => (mode === 'standalone' ? 'other' : told(raftLeaderless, (count) => above(count, { critical: criticalCount }))));
  },
});
