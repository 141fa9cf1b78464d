import { defineCheck } from '../check.ts';

export const volumeNodeMissing = defineCheck({
  id: 'storage-volume-node-missing',
  area: 'storage',
  title: { zh: '本地持久卷所在的节点已不存在', en: 'Local PersistentVolumes on a non-existent node' },
  why: { zh: '本地卷所在的节点已不存在：数据随节点一起没了，Pod 无处可调度。', en: 'The node of this local volume is gone, its data with it, and the pod cannot be scheduled.' },
  remedy: {
    zh: '执行 `kubectl get pv <名称> -o jsonpath={.spec.nodeAffinity}` 与 `kubectl get nodes` 对照；找回节点，或从备份恢复数据后删除该卷。',
    en: 'Compare `kubectl get pv <name> -o jsonpath={.spec.nodeAffinity}` with `kubectl get nodes`; bring the node back, or restore the data from backup and then delete the volume.',
  },
  severity: 'warning',
  reads: ['volumes'],
  unit: 'count',
  threshold: {},
  source: 'practice: pods that use it can never be scheduled again',

  evaluate({ volumes }) {
    return volumes.rows
      .filter((row) => row.nodeMissing)
      .map(({ name, phase }) => ({ scope: { kind: 'PersistentVolume', name }, ...(phase === 'Bound' && { severity: 'critical' as const }) }));
  },
});
