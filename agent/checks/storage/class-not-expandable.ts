import { defineCheck } from '../check.ts';

export const classNotExpandable = defineCheck({
  id: 'storage-class-not-expandable',
  area: 'storage',
  title: { zh: '默认存储类不允许扩容', en: 'Default StorageClass without volume expansion' },
  why: { zh: '卷快满时不能在线扩容，只能停机迁移数据。', en: 'A volume that is nearly full cannot be expanded online; its data has to be migrated with downtime.' },
  remedy: {
    zh: '执行 `kubectl get storageclass <名称> -o jsonpath={.allowVolumeExpansion}` 确认；驱动支持扩容时设为 `allowVolumeExpansion: true`，否则写满的卷只能迁移。',
    en: 'Run `kubectl get storageclass <name> -o jsonpath={.allowVolumeExpansion}` to confirm; if the driver supports expansion, set `allowVolumeExpansion: true`, otherwise a full volume can only be migrated.',
  },
  severity: 'info',
  setup: true,
  reads: ['storageClasses'],
  unit: 'count',
  threshold: { fixed: ['none', 'local-path', 'nfs'] },
  source: 'practice: prevents the usual way out of a full volume; classes that never can expand are left out',

  evaluate({ storageClasses }, { fixed }) {
    return storageClasses.rows.filter((row) => row.default && !row.expandable && !fixed.includes(row.provisioner)).map(({ name }) => ({ scope: { kind: 'StorageClass', name } }));
  },
});
