import { defineCheck, unknown } from '../check.ts';

export const deprecatedApiInUse = defineCheck({
  id: 'control-plane-deprecated-api-in-use',
  area: 'control-plane',
  title: { zh: '仍在使用即将移除的 API 版本', en: 'API versions in use that are about to be removed' },
  why: {
    zh: '升级后这些 API 版本消失：使用它们的部署和工具会立即失败。',
    en: 'These API versions disappear after the upgrade: deployments and tools that use them fail immediately.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep apiserver_requested_deprecated_apis` 查看仍有请求的 API；在升级集群之前，把清单、Helm Chart 与客户端改用新版本。',
    en: 'Run `kubectl get --raw /metrics | grep apiserver_requested_deprecated_apis` to see which deprecated APIs are still requested; before upgrading the cluster, migrate manifests, Helm charts and clients to the new versions.',
  },
  severity: 'warning',
  setup: true,
  reads: ['apiMetrics', 'apiServer'],
  unit: 'value',
  threshold: { withinMinors: 2 },
  source: 'Huawei Cloud and Alibaba Cloud pre-upgrade checks, popeye POP-403; two minors are the next two upgrades',

  evaluate({ apiMetrics, apiServer }, { withinMinors }) {
    const soonest = new Map<string, number>();
    for (const { group, apiVersion, removedMinor } of apiMetrics.deprecated) {
      if (removedMinor === undefined || removedMinor - apiServer.minor > withinMinors) continue;
      const name = `${apiVersion}.${group === 'core' ? '' : group}`;
      soonest.set(name, Math.min(soonest.get(name) ?? removedMinor, removedMinor));
    }
    if (soonest.size === 0 && apiMetrics.deprecatedCount > apiMetrics.deprecated.length) return unknown('truncated');
    return [...soonest].map(([name, minor]) => ({ scope: { kind: 'APIService', name }, observed: `1.${minor}`, threshold: `1.${apiServer.minor + withinMinors}` }));
  },
});
