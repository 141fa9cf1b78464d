import { defineCheck, unknown } from '../check.ts';
import { daysLeft, kubernetesRelease, oldestMaintainedMinor } from '../lifecycle/kubernetes.ts';

export const versionEndOfLife = defineCheck({
  id: 'control-plane-version-end-of-life',
  area: 'control-plane',
  title: { zh: 'Kubernetes 版本已停止维护', en: 'End-of-life Kubernetes version' },
  why: {
    zh: '停止维护的版本不再有安全修复：公开的漏洞会一直留在集群里。',
    en: 'A version that is no longer maintained gets no security fixes: published vulnerabilities remain in the cluster.',
  },
  remedy: {
    zh: '执行 `kubectl version` 核对版本；按次版本逐级升级到仍在维护的版本，升级前备份 etcd 并检查废弃 API。',
    en: 'Run `kubectl version` to check the version; upgrade one minor version at a time to a maintained version, after backing up etcd and checking for deprecated APIs.',
  },
  severity: 'warning',
  setup: true,
  reads: ['apiServer'],
  unit: 'value',
  threshold: { criticalMinors: 3 },
  source: 'kubernetes.io/releases by endoflife.date; popeye POP-405; critical at three minors behind the oldest maintained release',

  evaluate({ apiServer }, { criticalMinors }, { now }) {
    const release = apiServer.major === 1 ? kubernetesRelease(apiServer.minor) : undefined;
    if (!release) return unknown('not-reported');
    if (daysLeft(release.end, now) >= 0) return [];
    const oldest = oldestMaintainedMinor(now);
    const isFar = oldest !== undefined && oldest - apiServer.minor >= criticalMinors;
    return [{ observed: apiServer.version, threshold: oldest === undefined ? undefined : `1.${oldest}`, severity: isFar ? 'critical' : undefined }];
  },
});
