import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkNeighbourTableFull = defineCheck({
  id: 'link-neighbour-table-full',
  area: 'link',
  title: { zh: '邻居表已满，通信失败', en: 'Neighbour table full, communication failing' },
  why: {
    zh: '新的对端解析不到地址，节点与部分 Pod、主机之间完全不通。',
    en: 'Addresses of new peers cannot be resolved, so the node cannot communicate at all with some pods and hosts.',
  },
  remedy: {
    zh: '执行 `dmesg -T | grep -i "neighbour table overflow"` 与 `nstat -az` 确认；立即用 sysctl 提高 net.ipv4.neigh.default.gc_thresh3，并写入 /etc/sysctl.d。',
    en: 'Run `dmesg -T | grep -i "neighbour table overflow"` to confirm; immediately raise net.ipv4.neigh.default.gc_thresh3 with sysctl, and persist it in /etc/sysctl.d.',
  },
  severity: 'critical',
  reads: ['neighbours'],
  unit: 'per-second',
  threshold: { criticalPerSecond: 0.1 },
  source: 'practice: every overflow is a packet that found no neighbour entry (table_fulls of /proc/net/stat/arp_cache)',

  evaluate({ neighbours }, { criticalPerSecond }) {
    if (neighbours.overflowsPerSecond === undefined) return unknown('no-history');
    return above(neighbours.overflowsPerSecond, { critical: criticalPerSecond });
  },
});
