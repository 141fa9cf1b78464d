import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const etcdServerLeaderMissing = defineCheck({
  id: 'etcd-server-leader-missing',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd 没有主节点', en: 'etcd has no leader' },
  why: { zh: '集群无法写入，依赖它的系统停止工作。', en: 'The cluster cannot accept writes, and dependent systems stop working.' },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w table --cluster` 查看各成员；恢复多数派成员与它们之间的网络（2380）。',
    en: 'Run `etcdctl endpoint status -w table --cluster` to check each member; restore a majority of members and the network between them (2380).',
  },
  severity: 'critical',
  reads: ['middlewareEtcdServer'],
  unit: 'value',
  threshold: {},
  source: 'etcd mixin (contrib/mixin): etcdNoLeader',

  evaluate({ middlewareEtcdServer: { members } }) {
    return judgeInstances(members, ({ hasLeader }) => wrongWhen(hasLeader === undefined ? undefined : !hasLeader));
  },
});
