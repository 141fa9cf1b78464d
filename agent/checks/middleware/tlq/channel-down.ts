import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tlqChannelDown = defineCheck({
  id: 'tlq-channel-down',
  area: 'middleware',
  product: 'tlq',
  group: 'load',
  title: { zh: 'TongLINK/Q 通道未连接', en: 'TongLINK/Q channel not connected' },
  why: {
    zh: '消息传不到对端，积压在本地队列，跨系统业务中断。',
    en: 'Messages cannot reach the peer and accumulate in the local queue; business across the systems is interrupted.',
  },
  remedy: {
    zh: '执行 `tlqstat -snd 队列控制单元 -ct 1` 与 `tlqstat -rcv 队列控制单元 -ct 1` 查看通道状态；检查对端节点与网络。',
    en: 'Run `tlqstat -snd QCU -ct 1` and `tlqstat -rcv QCU -ct 1` to check the channel state; check the peer node and the network.',
  },
  severity: 'critical',
  reads: ['middlewareTlq'],
  unit: 'count',
  threshold: {},
  source: 'TongLINK/Q: tlqstat -snd and -rcv tell the state of each channel',

  evaluate({ middlewareTlq: { rows } }) {
    return judgeInstances(rows, ({ channels, channelsDown }) => told(channelsDown, (down) => (down > 0 ? [{ observed: down, threshold: channels }] : [])));
  },
});
