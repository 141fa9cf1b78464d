import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const tcpWindowScalingOff = defineCheck({
  id: 'os-tcp-window-scaling-off',
  area: 'os',
  title: { zh: '关闭了 TCP 窗口缩放', en: 'TCP window scaling disabled' },
  why: {
    zh: '跨机房或高带宽链路的传输速度被限制在很低的水平，复制与备份变慢。',
    en: 'Transfers between sites or over high-bandwidth links are limited to very low speeds, which slows replication and backups.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.tcp_window_scaling` 查看当前值；在 `/etc/sysctl.d/` 中设为 1：关闭后每条连接的在途数据不超过 64 KB，跨机房传输会很慢。',
    en: 'Run `sysctl net.ipv4.tcp_window_scaling` to check the current value; set it to 1 in `/etc/sysctl.d/`. Without it, each connection can have at most 64 KB in flight, and transfers between sites are slow.',
  },
  severity: 'warning',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 1 },
  source: 'RFC 7323; kernel default: 1',

  evaluate({ sysctls }, { expectedValue }) {
    return sysctlIs(sysctls, 'net.ipv4.tcp_window_scaling', expectedValue);
  },
});
