import { defineCheck } from '../check.ts';
import { sysctlAtMost } from '../sysctl.ts';

export const tcpKeepaliveHigh = defineCheck({
  id: 'os-tcp-keepalive-high',
  area: 'os',
  title: { zh: 'TCP 保活探测开始得太晚', en: 'TCP keepalive probes start too late' },
  why: {
    zh: '对端消失或防火墙断开后，死连接要很久才被发现，连接池里取到的是坏连接。',
    en: 'Connections cut by a lost peer or a firewall go unnoticed for a long time, and pools hand out dead ones.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.tcp_keepalive_time` 查看当前值；在 `/etc/sysctl.d/` 中调低该值；防火墙与负载均衡通常先于内核默认值丢弃空闲连接，应用会因此卡住。',
    en: 'Run `sysctl net.ipv4.tcp_keepalive_time` to check the current value; lower it in `/etc/sysctl.d/`. Firewalls and load balancers usually drop idle connections before the kernel default elapses, which leaves applications hanging.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'seconds',
  threshold: { maximumSeconds: 600 },
  source: 'practice: idle limits of firewalls are 15 min or more; TongTech advises 30 s, kernel default 7200 s',

  evaluate({ sysctls }, { maximumSeconds }) {
    return sysctlAtMost(sysctls, 'net.ipv4.tcp_keepalive_time', maximumSeconds);
  },
});
