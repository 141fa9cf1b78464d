import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const zookeeperNotServing = defineCheck({
  id: 'zookeeper-not-serving',
  area: 'middleware',
  product: 'zookeeper',
  group: 'load',
  title: { zh: 'ZooKeeper 成员不提供服务', en: 'ZooKeeper member not serving requests' },
  why: { zh: '该成员不能应答，冗余减少，再坏一个可能失去多数。', en: 'It cannot respond; with less redundancy, one more failure may lose the majority.' },
  remedy: {
    zh: '执行 `echo srvr | nc <地址> 2181` 确认；多为失去多数派，恢复其他成员或它们之间的网络。',
    en: 'Run `echo srvr | nc <address> 2181`; usually the majority has been lost, so restore the other members or the network between them.',
  },
  severity: 'critical',
  reads: ['middlewareZookeeper'],
  unit: 'value',
  threshold: {},
  source: 'ZooKeeper Administrator Guide: "not currently serving requests"',

  evaluate({ middlewareZookeeper: { members } }) {
    return judgeInstances(members, ({ serving }) => wrongWhen(serving === undefined ? undefined : !serving));
  },
});
