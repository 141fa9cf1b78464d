import { defineCheck } from '../check.ts';

export const unitFailed = defineCheck({
  id: 'service-unit-failed',
  area: 'service',
  title: { zh: 'systemd 单元处于失败状态', en: 'Failed systemd unit' },
  why: { zh: '该服务提供的功能已经缺失，可能没人察觉，直到需要它的那一刻。', en: 'The function that the service provides is missing, perhaps unnoticed until it is needed.' },
  remedy: {
    zh: '执行 `systemctl --failed` 列出失败的单元，再用 `systemctl status <单元>` 与 `journalctl -u <单元> -n 50` 查看原因；修复后重启该单元，不再需要的单元执行 disable。',
    en: 'Run `systemctl --failed` to list failed units, then `systemctl status <unit>` and `journalctl -u <unit> -n 50` to find the cause; fix it and restart the unit, or disable a unit that is no longer needed.',
  },
  severity: 'warning',
  reads: ['systemd'],
  unit: 'value',
  threshold: {},
  source: 'node-mixin NodeSystemdServiceFailed; critical for the kubelet, the runtime and etcd, which carry the node',

  evaluate({ systemd }, _threshold, { host }) {
    return systemd.failed.map(({ unit, role }) => ({
      scope: { kind: 'Unit', node: host, name: unit },
      severity: role === 'kubelet' || role === 'container-runtime' || role === 'etcd' ? 'critical' : 'warning',
    }));
  },
});
