import { defineCheck } from '../check.ts';

export const classInTree = defineCheck({
  id: 'storage-class-in-tree',
  area: 'storage',
  title: { zh: '存储类使用内置的旧插件', en: 'Storage class of a built-in plugin' },
  why: { zh: '内置插件已从新版 Kubernetes 移除，升级后可能创建不了卷。', en: 'Built-in plugins are gone from newer Kubernetes: after an upgrade no volume may be made.' },
  remedy: {
    zh: '执行 `kubectl get storageclass <名称> -o jsonpath={.provisioner}` 确认；为新卷建立使用 CSI 驱动的存储类，升级前迁移旧卷。',
    en: 'Run `kubectl get storageclass <name> -o jsonpath={.provisioner}`; make a class of the CSI driver for new volumes, and move old ones before an upgrade.',
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
