import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongrdsClusterDegraded = defineCheck({
  id: 'tongrds-cluster-degraded',
  area: 'middleware',
  product: 'tongrds',
  group: 'load',
  title: { zh: 'TongRDS 集群状态异常', en: 'TongRDS cluster unhealthy' },
  why: { zh: '部分数据不可读写，或冗余已失去。', en: 'Some data cannot be read or written, or redundancy has been lost.' },
  remedy: {
    zh: '执行 `redis-cli -p 6200 INFO` 查看集群状态；检查中心与哨兵进程及网络。',
    en: 'Run `redis-cli -p 6200 INFO` and check the cluster state; check the center and sentinel processes and the network.',
  },
  severity: 'critical',
  reads: ['middlewareTongrds'],
  unit: 'value',
  threshold: {},
  source: 'TongRDS manual: ClusterStatus ok',

  evaluate({ middlewareTongrds: { members } }) {
    return judgeInstances(members, ({ clusterEnabled, clusterOk }) => (clusterEnabled === false ? 'other' : wrongWhen(clusterOk === undefined ? undefined : !clusterOk)));
  },
});
