import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const zookeeperFollowersUnsynced = defineCheck({
  id: 'zookeeper-followers-unsynced',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 有跟随者未同步', en: 'Unsynced ZooKeeper followers' },
  why: { zh: '容错实际少了一份，主节点故障时可能失去多数。', en: 'The ensemble tolerates one failure fewer than expected, and may lose its majority if the leader fails.' },
  remedy: {
    zh: '在主节点执行 `echo mntr | nc <地址> 2181` 比较 zk_followers 与 zk_synced_followers；检查该跟随者的磁盘与网络。',
    en: 'Run `echo mntr | nc <address> 2181` on the leader and compare zk_followers with zk_synced_followers; check the disk and network of the unsynced follower.',
  },
  severity: 'warning',
  reads: ['middlewareZookeeper'],
  unit: 'count',
  threshold: {},
  source: 'ZooKeeper Administrator Guide, mntr',

  evaluate({ middlewareZookeeper: { members } }) {
    return judgeInstances(members, ({ role, followers, syncedFollowers }) => {
      if (role !== 'leader') return 'other';
      return followers === undefined || syncedFollowers === undefined ? 'silent' : syncedFollowers < followers ? [{ observed: syncedFollowers, threshold: followers }] : [];
    });
  },
});
