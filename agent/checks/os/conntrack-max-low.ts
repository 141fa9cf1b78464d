import { defineCheck, notApplicable } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const conntrackMaxLow = defineCheck({
  id: 'os-conntrack-max-low',
  area: 'os',
  title: { zh: '连接跟踪表上限过低', en: 'Connection tracking table limit too low' },
  why: {
    zh: '连接一多就会占满跟踪表，新连接被随机丢弃，表现为偶发超时。',
    en: 'Under many connections the table fills up and new connections are dropped at random, which shows up as sporadic timeouts.',
  },
  remedy: {
    zh: '执行 `sysctl net.netfilter.nf_conntrack_max` 查看当前值；在 `/etc/sysctl.d/` 中调高该值（kube-proxy 也会按 `conntrack.maxPerCore` 设置），用满后新连接会被丢弃。',
    en: 'Run `sysctl net.netfilter.nf_conntrack_max` to check the current value; raise it in `/etc/sysctl.d/` (kube-proxy also sets it, based on `conntrack.maxPerCore`). When the table is full, new connections are dropped.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls'],
  unit: 'count',
  threshold: { minimumCount: 262_144 },
  source: 'practice: 262144, the default of hosts with 8 GB and more; DCE kube-node-tuning sets 1048576',

  evaluate({ machine, sysctls }, { minimumCount }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return sysctlAtLeast(sysctls, 'net.netfilter.nf_conntrack_max', minimumCount);
  },
});
