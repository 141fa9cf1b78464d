import { defineCheck } from '../check.ts';
import { judgeProfile, profileThreshold } from '../host-profile.ts';
import { localPorts, sysctlUnknown } from '../sysctl.ts';

export const portRangeNarrow = defineCheck({
  id: 'os-port-range-narrow',
  area: 'os',
  title: { zh: '本地端口范围过窄', en: 'Local port range too narrow' },
  why: {
    zh: '对外短连接一多就分不到端口，访问数据库或下游接口报错。',
    en: 'With many short-lived connections, no free port is left, and calls to databases or downstream services fail.',
  },
  remedy: {
    zh: '执行 `sysctl net.ipv4.ip_local_port_range` 查看；在 `/etc/sysctl.d/` 中放宽范围（避开 NodePort），否则到同一目标的并发连接数会受限。',
    en: 'Run `sysctl net.ipv4.ip_local_port_range` to check the current value; widen the range in `/etc/sysctl.d/` (avoiding NodePorts), otherwise the number of concurrent connections to the same destination is limited.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls', 'processes'],
  unit: 'count',
  threshold: { minimumCount: 28_000, ...profileThreshold('net.ipv4.ip_local_port_range', 'Count') },
  source: 'practice: at least 28000 ports, as the kernel default 32768-60999 has; the profiles of the roles',

  evaluate({ machine, sysctls, processes }, threshold) {
    const ports = localPorts(sysctls);
    if (ports === undefined) return sysctlUnknown(sysctls, 'net.ipv4.ip_local_port_range.low');
    return judgeProfile(ports, { parameter: 'net.ipv4.ip_local_port_range', unit: 'Count', threshold }, { machine, processes });
  },
});
