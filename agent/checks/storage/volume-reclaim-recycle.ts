import { defineCheck } from '../check.ts';

export const volumeReclaimRecycle = defineCheck({
  id: 'storage-volume-reclaim-recycle',
  area: 'storage',
  title: { zh: '持久卷使用已废弃的 Recycle 回收策略', en: 'PersistentVolumes with the deprecated Recycle policy' },
  why: {
    zh: '该策略已废弃，回收时只做简单删除，可能失败或残留上一个租户的数据。',
    en: "The policy is deprecated and only performs a simple delete: it may fail or leave behind the previous tenant's data.",
  },
  remedy: {
    zh: '执行 `kubectl get pv <名称>` 确认；用 `kubectl patch pv` 改为 Retain 或 Delete。',
    en: 'Run `kubectl get pv <name>` to confirm; change the policy to Retain or Delete with `kubectl patch pv`.',
  },
  severity: 'info',
  setup: true,
  reads: ['volumes'],
  unit: 'count',
  threshold: {},
  source: 'Kubernetes documentation, reclaim policy: Recycle is deprecated',

  evaluate({ volumes }) {
    return volumes.rows.filter((row) => row.reclaim === 'Recycle').map(({ name }) => ({ scope: { kind: 'PersistentVolume', name } }));
  },
});
