import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const zookeeperClientsUnlimited = defineCheck({
  id: 'zookeeper-clients-unlimited',
  area: 'middleware',
  product: 'zookeeper',
  group: 'configuration',
  title: { zh: 'ZooKeeper 未限制单个地址的连接数', en: 'No ZooKeeper connection limit per address' },
  why: { zh: '一个失控的客户端就能占满全部连接，其他客户端连不上。', en: 'A single runaway client can take all connections and lock out other clients.' },
  remedy: {
    zh: '执行 `echo conf | nc <地址> 2181` 确认 maxClientCnxns=0；设为合理的上限（默认 60）。',
    en: 'Run `echo conf | nc <address> 2181` to confirm maxClientCnxns=0; set a reasonable limit (the default is 60).',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareZookeeper'],
  unit: 'value',
  threshold: {},
  source: 'ZooKeeper Administrator Guide: maxClientCnxns',

  evaluate({ middlewareZookeeper: { members } }) {
    return judgeInstances(members, ({ serving, clientsUnlimited }) => (serving === false ? 'other' : wrongWhen(clientsUnlimited)));
  },
});
