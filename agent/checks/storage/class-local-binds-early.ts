import { defineCheck } from '../check.ts';

export const classLocalBindsEarly = defineCheck({
  id: 'storage-class-local-binds-early',
  area: 'storage',
  title: { zh: '本地存储类没有等待 Pod 调度就绑定', en: 'Local StorageClass binding before pod scheduling' },
  why: {
    zh: '卷先于调度绑定：Pod 被钉在卷所在的节点，该节点没有资源时就起不来。',
    en: "The volume is bound before scheduling: the pod is pinned to the volume's node and cannot start if that node lacks resources.",
  },
  remedy: {
    zh: '执行 `kubectl get storageclass <名称> -o jsonpath={.volumeBindingMode}` 确认；以 `volumeBindingMode: WaitForFirstConsumer` 重建该存储类。',
    en: 'Run `kubectl get storageclass <name> -o jsonpath={.volumeBindingMode}` to confirm; recreate the StorageClass with `volumeBindingMode: WaitForFirstConsumer`.',
  },
  severity: 'warning',
  setup: true,
  reads: ['storageClasses'],
  unit: 'count',
  threshold: { provisioners: ['none', 'local-path', 'hwameistor', 'topolvm'] },
  source: 'Kubernetes documentation, local volumes: late binding lets the scheduler heed the node',

  evaluate({ storageClasses }, { provisioners }) {
    return storageClasses.rows
      .filter(({ provisioner, waitsForConsumer }) => provisioners.includes(provisioner) && !waitsForConsumer)
      .map(({ name }) => ({ scope: { kind: 'StorageClass', name } }));
  },
});
