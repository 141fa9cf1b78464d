import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const icmpRedirectsAccepted = defineCheck({
  id: 'os-icmp-redirects-accepted',
  area: 'os',
  title: { zh: '接受 ICMP 重定向', en: 'ICMP redirects accepted' },
  why: {
    zh: '同网段的任何主机都能改写本机路由，把流量引到自己那里窃听。',
    en: "Any host on the same network may rewrite this host's routes and divert traffic through itself to eavesdrop.",
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.conf.all.accept_redirects` 查看当前值；在 `/etc/sysctl.d/` 中把 `all` 与 `default` 都设为 0，避免同网段主机改写路由。',
    en: 'Run `sysctl net.ipv4.conf.all.accept_redirects` to check the current value; set both `all` and `default` to 0 in `/etc/sysctl.d/` so that hosts on the same network cannot change routes.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 0 },
  source: 'CIS Benchmark 3.3.2 and openEuler security baseline: 0',

  evaluate({ sysctls }, { expectedValue }) {
    return sysctlIs(sysctls, 'net.ipv4.conf.all.accept_redirects', expectedValue);
  },
});
