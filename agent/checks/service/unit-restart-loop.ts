import { defineCheck } from '../check.ts';

export const unitRestartLoop = defineCheck({
  id: 'service-unit-restart-loop',
  area: 'service',
  title: { zh: '服务反复自动重启', en: 'Service in a restart loop' },
  why: {
    zh: '服务从未稳定运行，依赖它的功能时有时无，还消耗资源、刷满日志。',
    en: 'The service never runs stably: dependent functions come and go, resources are wasted and logs fill up.',
  },
  remedy: {
    zh: '执行 `systemctl show <单元> -p NRestarts,Result,ExecMainStatus` 查看重启次数与退出原因，再用 `journalctl -u <单元> -n 100` 查看日志；修复原因，不要只加大重启间隔。',
    en: 'Run `systemctl show <unit> -p NRestarts,Result,ExecMainStatus` to check the restart count and exit cause, then `journalctl -u <unit> -n 100` to view the log; fix the cause rather than just lengthening the restart interval.',
  },
  severity: 'warning',
  reads: ['systemd'],
  unit: 'count',
  threshold: { componentCount: 5, componentMinutes: 20, otherCount: 3, otherMinutes: 5 },
  source: 'node-problem-detector config/systemd-monitor-counter.json (5 in 20 min for kubelet and runtime); node-mixin NodeSystemdServiceCrashlooping (> 2 in 5 min)',

  evaluate({ systemd }, { componentCount, componentMinutes, otherCount, otherMinutes }, { host }) {
    return systemd.restarting.flatMap(({ unit, role, restarts, waiting, activeSeconds }) => {
      const isComponent = role === 'kubelet' || role === 'container-runtime' || role === 'etcd';
      const [limit, minutes] = isComponent ? [componentCount, componentMinutes] : [otherCount, otherMinutes];
      // The counter goes back to boot: restarts count only when the last start is recent. Before systemd 235 there is none.
      const isRecent = waiting || (activeSeconds !== undefined && activeSeconds < minutes * 60);
      const isLoop = restarts === undefined ? waiting : isRecent && restarts >= limit;
      return isLoop ? [{ scope: { kind: 'Unit' as const, node: host, name: unit }, observed: restarts, threshold: limit }] : [];
    });
  },
});
