import { defineCheck } from '../check.ts';

export const claimResizeFailed = defineCheck({
  id: 'storage-claim-resize-failed',
  area: 'storage',
  title: { zh: '存储声明扩容失败', en: 'Failed PersistentVolumeClaim expansion' },
  why: {
    zh: '扩容没有生效：应用以为有空间，实际会写满而停止。',
    en: 'The expansion did not take effect: the application relies on space that does not exist and will stop when the volume is full.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>` 查看条件与事件；检查后端容量与驱动是否支持扩容，必要时把申请值改回可行的大小。',
    en: 'Run `kubectl -n <namespace> describe pvc <name>` to see its conditions and events; check backend capacity and whether the driver supports expansion, or set the request back to a feasible size if necessary.',
  },
  severity: 'warning',
  reads: ['claims'],
  unit: 'count',
  threshold: {},
  source: 'Kubernetes documentation, recovering from failure when expanding volumes',

  evaluate({ claims }) {
    return claims.rows.filter((row) => row.problem === 'resize-failed').map(({ namespace, name }) => ({ scope: { kind: 'PersistentVolumeClaim', namespace, name } }));
  },
});
