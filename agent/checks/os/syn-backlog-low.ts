import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const synBacklogLow = defineCheck({
  id: 'os-syn-backlog-low',
  area: 'os',
  title: { zh: '半连接队列过短', en: 'Half-open connection queue too short' },
  why: { zh: '突发建连或轻微的 SYN 攻击就会让新连接建立失败。', en: 'A burst of connections or even a minor SYN flood can make new connections fail.' },
  remedy: {
    zh: '执行 `sysctl net.ipv4.tcp_max_syn_backlog` 查看当前值；在 `/etc/sysctl.d/` 中调高该值，避免突发建连时丢弃 SYN。',
    en: 'Run `sysctl net.ipv4.tcp_max_syn_backlog` to check the current value; raise it in `/etc/sysctl.d/` so that SYN packets are not dropped during connection bursts.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'count',
  threshold: { minimumCount: 1_024 },
  source: 'practice between openEuler baseline (256) and KubeKey (1048576): 1024, the kernel default of hosts with memory',

  evaluate({ sysctls }, { minimumCount }) {
    return sysctlAtLeast(sysctls, 'net.ipv4.tcp_max_syn_backlog', minimumCount);
  },
});
