import { defineCheck } from '../check.ts';

export const volumePluginRemoved = defineCheck({
  id: 'storage-volume-plugin-removed',
  area: 'storage',
  title: { zh: '持久卷使用新版本已移除的内置插件', en: 'PersistentVolumes using a removed in-tree plugin' },
  why: {
    zh: '新版本已移除该内置插件：升级后这些卷挂不上，先迁移到 CSI。',
    en: 'Newer releases no longer include this in-tree plugin: after an upgrade these volumes cannot be attached unless they are migrated to CSI first.',
  },
  remedy: {
    zh: '执行 `kubectl get pv -o yaml | grep -E "glusterfs|flocker|quobyte|storageos|scaleIO|rbd:|cephfs:"` 找出；升级集群之前，把数据迁移到对应的 CSI 驱动。',
    en: 'Run `kubectl get pv -o yaml | grep -E "glusterfs|flocker|quobyte|storageos|scaleIO|rbd:|cephfs:"` to find them; migrate the data to the corresponding CSI driver before upgrading the cluster.',
  },
  severity: 'warning',
  reads: ['volumes'],
  unit: 'count',
  threshold: { atLeastCount: 1, plugins: ['glusterfs', 'flocker', 'quobyte', 'storageos', 'scaleIO', 'rbd', 'cephfs', 'photonPersistentDisk'] },
  source: 'Kubernetes release notes: flocker, quobyte, storageos 1.25, glusterfs 1.26, rbd and cephfs 1.31 removed',

  evaluate({ volumes }, { atLeastCount, plugins }) {
    let count = 0;
    for (const [source, volumesOfIt] of Object.entries(volumes.bySource)) if (plugins.includes(source)) count += volumesOfIt;
    return count >= atLeastCount ? [{ observed: count, threshold: atLeastCount }] : [];
  },
});
