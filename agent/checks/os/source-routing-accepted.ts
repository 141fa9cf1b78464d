import { defineCheck } from '../check.ts';
import { sysctlIs } from '../sysctl.ts';

export const sourceRoutingAccepted = defineCheck({
  id: 'os-source-routing-accepted',
  area: 'os',
  title: { zh: '接受源路由报文', en: 'Source-routed packets accepted' },
  why: { zh: '攻击者可指定报文路径，绕过防火墙或冒充内网地址。', en: 'An attacker may specify the path of packets to bypass firewalls or impersonate internal addresses.' },
  remedy: {
    zh: '执行 `sysctl net.ipv4.conf.all.accept_source_route` 查看当前值；在 `/etc/sysctl.d/` 中设为 0，避免绕过防火墙。',
    en: 'Run `sysctl net.ipv4.conf.all.accept_source_route` to check the current value; set it to 0 in `/etc/sysctl.d/`, so that firewalls cannot be bypassed.',
  },
  severity: 'warning',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { expectedValue: 0 },
  source: 'CIS Benchmark 3.3.1 and openEuler security baseline: 0',

  evaluate({ sysctls }, { expectedValue }) {
    return sysctlIs(sysctls, 'net.ipv4.conf.all.accept_source_route', expectedValue);
  },
});
