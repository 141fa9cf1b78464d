import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkNeighbourTableHigh = defineCheck({
  id: 'link-neighbour-table-high',
  area: 'link',
  title: { zh: '邻居表（ARP）接近上限', en: 'Neighbour (ARP) table close to its limit' },
  why: { zh: '再增加一些 Pod 或主机，表就会溢出，部分通信随即中断。', en: 'A few more pods or hosts will overflow the table and interrupt some traffic.' },
  remedy: {
    zh: '执行 `ip neigh | wc -l` 与 `sysctl net.ipv4.neigh.default.gc_thresh3` 对比；按节点数与 Pod 数提高 gc_thresh1、gc_thresh2 和 gc_thresh3。',
    en: 'Run `ip neigh | wc -l` and `sysctl net.ipv4.neigh.default.gc_thresh3` to compare usage with the limit; raise gc_thresh1, gc_thresh2 and gc_thresh3 to suit the number of nodes and pods.',
  },
  severity: 'warning',
  reads: ['neighbours'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'arp(7) gc_thresh3 is a hard limit; 80 % by practice (DaoCloud kube-node-tuning raises it to 65536)',

  evaluate({ neighbours }, { warningPercent, criticalPercent }) {
    if (neighbours.usedPercent === undefined) return unknown('not-reported');
    return above(neighbours.usedPercent, { warning: warningPercent, critical: criticalPercent });
  },
});
