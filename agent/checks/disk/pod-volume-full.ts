import { defineCheck, notApplicable } from '../check.ts';
import { below } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskPodVolumeFull = defineCheck({
  id: 'disk-pod-volume-full',
  area: 'disk',
  title: { zh: 'Pod 存储卷即将写满', en: 'Pod volume nearly full' },
  why: {
    zh: '卷写满后应用停止写入：数据库可能拒绝服务甚至损坏。',
    en: 'When the volume is full, the application stops writing: a database may refuse service or even become corrupted.',
  },
  remedy: {
    zh: '执行 `kubectl get pvc -A` 与 `df -h <挂载点>` 确认是哪个存储卷；清理数据，或在 StorageClass 允许时扩大该 PVC 的容量申请。',
    en: 'Run `kubectl get pvc -A` and `df -h <mount point>` to identify the volume; remove data, or increase the PVC storage request if the StorageClass allows expansion.',
  },
  severity: 'warning',
  reads: ['filesystems'],
  unit: 'percent',
  threshold: { warningPercent: 10, criticalPercent: 3 },
  source: 'kubernetes-mixin KubePersistentVolumeFillingUp (3 %; its 15 % only with a forecast, so warning at 10 % by practice)',

  evaluate({ filesystems }, { warningPercent, criticalPercent }, { host }) {
    const rows = filesystems.mounts.filter(({ role }) => role === 'pod-volume');
    if (rows.length === 0) return notApplicable('not-in-use');
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-visible' }, ({ measured, availablePercent }) => {
      if (!measured) return undefined;
      return availablePercent === undefined ? [] : below(availablePercent, { warning: warningPercent, critical: criticalPercent });
    });
  },
});
