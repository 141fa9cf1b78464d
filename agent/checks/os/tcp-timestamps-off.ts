import { defineCheck } from '../check.ts';
import { sysctlIs, sysctlUnknown } from '../sysctl.ts';

export const tcpTimestampsOff = defineCheck({
  id: 'os-tcp-timestamps-off',
  area: 'os',
  title: { zh: '关闭了 TCP 时间戳却开启了端口复用', en: 'TCP timestamps disabled while tcp_tw_reuse is enabled' },
  why: {
    zh: '没有时间戳，端口复用不会生效：对外短连接会耗尽端口。',
    en: 'Without timestamps, port reuse has no effect, and short-lived outgoing connections can exhaust the ports.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.tcp_timestamps net.ipv4.tcp_tw_reuse` 查看；在 `/etc/sysctl.d/` 中把 `tcp_timestamps` 设为 1，否则 `tcp_tw_reuse` 不起作用。主机基线若要求为 0，请登记为例外。',
    en: 'Run `sysctl net.ipv4.tcp_timestamps net.ipv4.tcp_tw_reuse` to check the current values; set `tcp_timestamps` to 1 in `/etc/sysctl.d/`, otherwise `tcp_tw_reuse` has no effect. If a host security baseline requires 0, record an exemption.',
  },
  severity: 'warning',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 1 },
  source: 'kernel documentation (ip-sysctl.rst): tcp_tw_reuse needs timestamps',

  evaluate({ sysctls }, { expectedValue }) {
    const reuse = sysctls.values['net.ipv4.tcp_tw_reuse'];
    if (reuse === undefined) return sysctlUnknown(sysctls, 'net.ipv4.tcp_tw_reuse');
    return reuse === 1 ? sysctlIs(sysctls, 'net.ipv4.tcp_timestamps', expectedValue) : [];
  },
});
