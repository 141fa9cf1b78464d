import { defineCheck } from '../check.ts';
import { sysctlAtMost } from '../sysctl.ts';

export const tcpFinTimeoutHigh = defineCheck({
  id: 'os-tcp-fin-timeout-high',
  area: 'os',
  title: { zh: 'TCP FIN 等待时间过长', en: 'TCP FIN timeout too long' },
  why: {
    zh: '半关闭的连接长期占着端口和内存，高并发时提前耗尽。',
    en: 'Half-closed connections hold ports and memory for a long time, so these run out sooner under high concurrency.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.tcp_fin_timeout` 查看当前值；在 `/etc/sysctl.d/` 中调低该值，让已关闭的连接更快释放。',
    en: 'Run `sysctl net.ipv4.tcp_fin_timeout` to check the current value; lower it in `/etc/sysctl.d/` so that closed connections are released sooner.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'seconds',
  threshold: { maximumSeconds: 60 },
  source: 'openEuler baseline and kernel default: at most 60 s (TongTech advises 10)',

  evaluate({ sysctls }, { maximumSeconds }) {
    return sysctlAtMost(sysctls, 'net.ipv4.tcp_fin_timeout', maximumSeconds);
  },
});
