import { defineCheck } from '../check.ts';

export const classInTree = defineCheck({
  id: 'storage-class-in-tree',
  area: 'storage',
  title: { zh: '存储类使用内置的旧插件', en: 'StorageClasses using a legacy in-tree plugin' },
  why: { zh: '内置插件已从新版 Kubernetes 移除，升级后可能创建不了卷。', en: 'In-tree plugins are gone from newer Kubernetes: volume creation may fail after an upgrade.' },
  remedy: {
    zh: '执行 `kubectl get storageclass <名称> -o jsonpath={.provisioner}` 确认；为新卷建立使用 CSI 驱动的存储类，升级前迁移旧卷。',
    en: 'Run `kubectl get storageclass <name> -o jsonpath={.provisioner}` to confirm; create a StorageClass that uses the CSI driver for new volumes, and migrate old volumes before upgrading.',
  },
  severity: 'info',
  setup: true,
  reads: ['storageClasses'],
  unit: 'count',
  threshold: {},
  source: 'Kubernetes release notes: built-in volume plugins give way to CSI drivers since 1.23',

  evaluate({ storageClasses }) {
    return storageClasses.rows.filter(({ provisioner }) => provisioner === 'in-tree').map(({ name }) => ({ scope: { kind: 'StorageClass', name } }));
  },
});
