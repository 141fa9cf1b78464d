import { defineCheck, notApplicable } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const neighbourTableLow = defineCheck({
  id: 'os-neighbour-table-low',
  area: 'os',
  title: { zh: 'ARP 邻居表上限过低', en: 'ARP neighbour table limit too low' },
  why: {
    zh: '同网段主机或 Pod 增多后表会溢出，部分对端突然不可达。',
    en: 'As the number of hosts or pods on the network grows, the table overflows and some peers suddenly become unreachable.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.neigh.default.gc_thresh3` 查看当前值；在 `/etc/sysctl.d/` 中同时调高 `gc_thresh1`、`gc_thresh2`、`gc_thresh3`，至少为 Pod 数与节点数之和的两倍；否则日志出现 `neighbour table overflow` 且部分 Pod 不通。',
    en: 'Run `sysctl net.ipv4.neigh.default.gc_thresh3` to check the current value; raise `gc_thresh1`, `gc_thresh2` and `gc_thresh3` together in `/etc/sysctl.d/`, to at least twice the total number of pods and nodes; otherwise the log shows `neighbour table overflow` and some pods are unreachable.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls'],
  unit: 'count',
  threshold: { minimumCount: 4_096 },
  source: 'KubeKey: 4096; DCE kube-node-tuning: 65536',

  evaluate({ machine, sysctls }, { minimumCount }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return sysctlAtLeast(sysctls, 'net.ipv4.neigh.default.gc_thresh3', minimumCount);
  },
});
