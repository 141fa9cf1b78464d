import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const linkDrops = defineCheck({
  id: 'link-drops',
  area: 'link',
  title: { zh: '网卡丢包过多', en: 'Too many packets dropped on a network interface' },
  why: {
    zh: '丢包引起重传，吞吐下降、时延抖动，存储和数据库复制最先受影响。',
    en: 'Packet loss causes retransmissions: throughput drops and latency varies, first in storage and database replication.',
  },
  remedy: {
    zh: '执行 `ip -s -s link show <网卡>` 与 `ethtool -S <网卡> | grep -i drop` 查看丢包位置；用 `ethtool -G` 加大接收环、开启多队列与 RPS，或扩容带宽。',
    en: 'Run `ip -s -s link show <interface>` and `ethtool -S <interface> | grep -i drop` to see where packets are dropped; enlarge the receive ring with `ethtool -G`, enable multiple queues and RPS, or add bandwidth.',
  },
  severity: 'warning',
  reads: ['interfaces'],
  unit: 'percent',
  threshold: { warningPercent: 0.1, minimumPerSecond: 100 },
  source: 'practice: TCP throughput suffers noticeably from 0.1 % loss; quieter links mostly drop frames of unknown protocols and are left out',

  evaluate({ interfaces }, { warningPercent, minimumPerSecond }, { host }) {
    const rows = interfaces.interfaces.filter(({ type }) => type === 'physical' || type === 'paravirtual' || type === 'bond');
    return judgeRows(rows, { kind: 'Interface', host, missing: 'no-history' }, ({ dropPercent, packetsPerSecond }) => {
      if (dropPercent === undefined || packetsPerSecond === undefined) return undefined;
      return packetsPerSecond < minimumPerSecond ? [] : above(dropPercent, { warning: warningPercent });
    });
  },
});
