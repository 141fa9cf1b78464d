import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rocketmqSlaveBehind = defineCheck({
  id: 'rocketmq-slave-behind',
  area: 'middleware',
  product: 'rocketmq',
  group: 'load',
  title: { zh: 'RocketMQ 从 broker 落后', en: 'RocketMQ slave broker lag' },
  why: { zh: '主 broker 此时故障，会丢失还没同步的消息。', en: 'If the master fails now, messages not yet replicated are lost.' },
  remedy: {
    zh: '执行 `mqadmin brokerStatus -n <名字服务> -b <broker>` 比较主从的 commitLogMaxOffset（5.x 可用 `mqadmin haStatus`）；检查从节点的磁盘与网络。',
    en: 'Run `mqadmin brokerStatus -n <name server> -b <broker>` and compare commitLogMaxOffset on the master and the slave (5.x: `mqadmin haStatus`); check the disk and network of the slave.',
  },
  severity: 'warning',
  reads: ['middlewareRocketmq'],
  unit: 'bytes',
  threshold: { warningBytes: 268_435_456 },
  source: 'RocketMQ: haMaxGapNotInSync (4.x: haSlaveFallbehindMax) 256 MiB, beyond which a slave counts as not in sync',

  evaluate({ middlewareRocketmq: { members } }, { warningBytes }) {
    return judgeInstances(members, ({ role, behindBytes }) =>
      role === 'replica' ? told(behindBytes, (bytes) => above(bytes, { warning: warningBytes })) : role === 'broker' || role === 'unknown' ? 'silent' : 'other',
    );
  },
});
