import { defineCheck, unknown } from '../check.ts';

export const volumeReleased = defineCheck({
  id: 'storage-volume-released',
  area: 'storage',
  title: { zh: '持久卷释放后长期没有处理', en: 'PersistentVolumes left in Released phase' },
  why: { zh: '空间一直被占用，里面可能还有要保留或要清除的数据。', en: 'The space remains occupied, and the volume may hold data that must be kept or erased.' },
  remedy: {
    zh: '执行 `kubectl get pv | grep Released` 列出；确认数据不再需要后删除持久卷与后端卷，需要复用的清除 `spec.claimRef`。',
    en: 'Run `kubectl get pv | grep Released` to list them; once the data is no longer needed, delete the volume and the backend volume, or clear `spec.claimRef` to reuse it.',
  },
  severity: 'info',
  reads: ['volumes'],
  unit: 'days',
  threshold: { releasedDays: 7 },
  source: 'k8sgpt Storage analyzer (Released); practice: 7 days to save the data or delete the volume',

  evaluate({ volumes }, { releasedDays }, { now }) {
    const released = volumes.rows.filter(({ phase }) => phase === 'Released');
    const old = released.flatMap(({ name, since }) => {
      const days = since === undefined ? 0 : Math.floor((now - since) / 86_400);
      return days >= releasedDays ? [{ scope: { kind: 'PersistentVolume' as const, name }, observed: days, threshold: releasedDays }] : [];
    });
    return old.length === 0 && released.some(({ since }) => since === undefined) ? unknown('not-reported') : old; // told from 1.31 on
  },
});
