import { defineCheck, notApplicable } from '../check.ts';

export const platformModuleUnready = defineCheck({
  id: 'addon-platform-module-unready',
  area: 'addon',
  title: { zh: '平台模块有工作负载未就绪', en: 'Platform module with workloads not ready' },
  why: { zh: '平台的对应功能不可用，租户的操作会失败。', en: "The corresponding platform function is unavailable, and tenants' operations fail." },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods | grep -v Running` 找出异常的 Pod，再用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因并恢复。',
    en: 'Run `kubectl -n <namespace> get pods | grep -v Running` to find the affected pods, then `kubectl -n <namespace> describe pod <pod>` to find the cause, and restore them.',
  },
  severity: 'critical',
  reads: ['addons'],
  unit: 'count',
  threshold: { unreadyCount: 1, downCount: 1 },
  source:
    'DaoCloud cluster inspection, pod dimension (run state); practice: critical, because the platform has no other copy; warning while every workload still has a ready replica',

  evaluate({ addons }, { unreadyCount, downCount }) {
    if (addons.platform.length === 0) return notApplicable('not-present');
    return addons.platform
      .filter(({ notReady }) => notReady >= unreadyCount)
      .map(({ namespace, notReady, down }) => ({
        scope: { kind: 'Namespace', name: namespace },
        observed: notReady,
        threshold: unreadyCount,
        severity: down >= downCount ? 'critical' : 'warning',
      }));
  },
});
