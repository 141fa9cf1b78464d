import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkTcpRetransmitsHigh = defineCheck({
  id: 'link-tcp-retransmits-high',
  area: 'link',
  title: { zh: 'TCP 重传比例过高', en: 'High TCP retransmission rate' },
  why: {
    zh: '网络在丢包：吞吐下降、时延抖动，跨节点调用最明显。',
    en: 'The network is losing packets: throughput drops and latency fluctuates, most noticeably in calls between nodes.',
  },
  remedy: {
    zh: '执行 `nstat -az TcpRetransSegs TcpOutSegs` 与 `ss -ti` 找出重传集中的对端；排查到该对端的链路丢包、网卡错误、MTU 与防火墙。',
    en: 'Run `nstat -az TcpRetransSegs TcpOutSegs` and `ss -ti` to find the peers with the most retransmissions; check the path to them for packet loss, interface errors, MTU and firewalls.',
  },
  severity: 'warning',
  reads: ['tcp'],
  unit: 'percent',
  threshold: { warningPercent: 1, criticalPercent: 5, minimumPerSecond: 50 },
  source: 'practice: 1 % is felt as latency, 5 % as timeouts; too few segments prove nothing',

  evaluate({ tcp }, { warningPercent, criticalPercent, minimumPerSecond }) {
    if (tcp.retransmitPercent === undefined || tcp.segmentsPerSecond === undefined) return unknown('no-history');
    return tcp.segmentsPerSecond < minimumPerSecond ? [] : above(tcp.retransmitPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
