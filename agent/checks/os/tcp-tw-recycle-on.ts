import { defineCheck, notApplicable, unknown } from '../check.ts';

export const tcpTwRecycleOn = defineCheck({
  id: 'os-tcp-tw-recycle-on',
  area: 'os',
  title: { zh: '开启了已废弃的 tcp_tw_recycle', en: 'Obsolete tcp_tw_recycle enabled' },
  why: {
    zh: '经过同一 NAT 的客户端会被随机丢弃连接，表现为部分用户时通时断。',
    en: 'Connections from clients behind the same NAT are dropped at random: some users have intermittent access.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.tcp_tw_recycle` 确认；从 `/etc/sysctl.conf` 与 `/etc/sysctl.d/` 中删去该项并设为 0：经 NAT 或负载均衡访问的客户端会随机连不上。',
    en: 'Run `sysctl net.ipv4.tcp_tw_recycle` to confirm; remove the setting from `/etc/sysctl.conf` and `/etc/sysctl.d/` and set it to 0. While it is enabled, clients behind NAT or a load balancer fail to connect at random.',
  },
  severity: 'critical',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 0 },
  source: 'kernel: removed in 4.12 because it breaks clients behind NAT; KubeKey sets 0',

  evaluate({ sysctls }, { expectedValue }) {
    const observed = sysctls.values['net.ipv4.tcp_tw_recycle'];
    if (observed === undefined) return sysctls.hostNetwork ? notApplicable('not-present') : unknown('not-visible');
    return observed === expectedValue ? [] : [{ observed, threshold: expectedValue }];
  },
});
