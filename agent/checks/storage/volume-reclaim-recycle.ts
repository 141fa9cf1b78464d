import { defineCheck } from '../check.ts';

export const volumeReclaimRecycle = defineCheck({
  id: 'storage-volume-reclaim-recycle',
  area: 'storage',
  title: { zh: '持久卷使用已废弃的 Recycle 回收策略', en: 'Volume with the deprecated reclaim policy Recycle' },
  remedy: {
    zh: '执行 `kubectl get pv <名称>` 确认；用 `kubectl patch pv` 改为 Retain 或 Delete。',
    en: 'Run `kubectl get pv <name>`; change the policy to Retain or Delete with `kubectl patch pv`.',
  },
  severity: 'info',
  reads: ['volumes'],
  unit: 'count',
  threshold: {},
  source: 'Kubernetes documentation, reclaim policy: Recycle is deprecated',

  evaluate({ volumes }) {
    return volumes.rows.filter((row) => row.reclaim === 'Recycle').map(({ name }) => ({ scope: { kind: 'PersistentVolume', name } }));
  },
});
