import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const zookeeperLeaderCount = defineCheck({
  id: 'zookeeper-leader-count',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 主节点数量异常', en: 'Unexpected number of ZooKeeper leaders' },
  why: { zh: '没有主节点则不能写；多于一个说明集群已分裂。', en: 'Without a leader, nothing can be written; more than one means that the ensemble is split.' },
  remedy: {
    zh: '在各成员执行 `echo srvr | nc <地址> 2181` 查看 Mode；没有主节点时恢复多数派成员与 2888/3888 的网络，出现两个时核对是否属于同一集群。',
    en: 'Run `echo srvr | nc <address> 2181` on each member and check Mode; if there is no leader, restore a majority of members and the network on 2888/3888; if there are two, check whether they belong to the same ensemble.',
  },
  severity: 'critical',
  reads: ['middlewareZookeeper'],
  unit: 'count',
  threshold: { leaderCount: 1 },
  source: 'awesome-prometheus-alerts (ZooKeeper): ZookeeperMissingLeader and ZookeeperTooManyLeaders',

  evaluate({ middlewareZookeeper: { rows } }, { leaderCount }) {
    return judgeInstances(rows, ({ mode, reach, leaders }) => {
      if (mode !== 'cluster') return mode === 'unknown' ? 'silent' : 'other';
      if (leaders === undefined || (leaders === 0 && reach !== 'ok')) return 'silent'; // the leader may be the member that did not answer
      return leaders === leaderCount ? [] : [{ observed: leaders, threshold: leaderCount }];
    });
  },
});
