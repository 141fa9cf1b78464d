import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const neighbourOverflow = defineCheck({
  id: 'service-neighbour-overflow',
  area: 'service',
  title: { zh: '邻居（ARP）表溢出', en: 'Neighbour (ARP) table overflow' },
  why: { zh: '部分对端解析不到地址，与一些 Pod 或主机的通信中断。', en: 'Addresses of some peers cannot be resolved, so traffic to some pods or hosts is interrupted.' },
  remedy: {
    zh: '执行 `ip -s neigh show | wc -l` 并与 `sysctl net.ipv4.neigh.default.gc_thresh3` 对比；按 Pod 与节点数量提高 gc_thresh1、gc_thresh2、gc_thresh3。',
    en: 'Run `ip -s neigh show | wc -l` and compare the result with `sysctl net.ipv4.neigh.default.gc_thresh3`; raise gc_thresh1, gc_thresh2 and gc_thresh3 to suit the number of pods and nodes.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: packets to new neighbours are lost; DCE kube-node-tuning sets gc_thresh3 to 65536 against it',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['neighbour-overflow'], { warning: warningCount });
  },
});
