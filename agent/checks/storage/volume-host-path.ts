import { defineCheck, notApplicable } from '../check.ts';

export const volumeHostPath = defineCheck({
  id: 'storage-volume-host-path',
  area: 'storage',
  title: { zh: '持久卷直接使用节点目录', en: 'PersistentVolumes backed by node directories' },
  why: { zh: 'Pod 换到别的节点就看不到数据，节点坏了数据也没了。', en: 'A pod that moves to another node cannot see its data, and if the node is lost, so is the data.' },
  remedy: {
    zh: '执行 `kubectl get pv -o custom-columns=NAME:.metadata.name,PATH:.spec.hostPath.path` 列出；多节点集群改用本地卷或 CSI 驱动，否则 Pod 换节点后看到的是另一个目录。',
    en: 'Run `kubectl get pv -o custom-columns=NAME:.metadata.name,PATH:.spec.hostPath.path` to list them; with several nodes use local volumes or a CSI driver: a pod that moves to another node sees a different directory.',
  },
  severity: 'info',
  setup: true,
  reads: ['volumes', 'csi'],
  unit: 'count',
  threshold: { atLeastCount: 1, clusterOfCount: 2 },
  source: 'Kubernetes documentation: hostPath volumes are for single-node testing; kubeeye 2026 hostPath rule',

  evaluate({ volumes, csi }, { atLeastCount, clusterOfCount }) {
    const count = volumes.bySource.hostPath ?? 0;
    if (csi.nodes < clusterOfCount) return notApplicable('not-in-use');
    return count >= atLeastCount ? [{ observed: count, threshold: atLeastCount }] : [];
  },
});
