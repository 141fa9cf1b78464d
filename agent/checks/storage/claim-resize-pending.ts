import { defineCheck, unknown } from '../check.ts';

export const claimResizePending = defineCheck({
  id: 'storage-claim-resize-pending',
  area: 'storage',
  title: { zh: '存储声明扩容迟迟没有完成', en: 'PersistentVolumeClaim expansion not completing' },
  why: { zh: '应用仍按旧容量运行，写满后停止写入。', en: 'The application still runs with the old capacity and stops writing once the volume is full.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pvc <名称>`；条件为 FileSystemResizePending 时，重启使用它的 Pod；否则检查 external-resizer。',
    en: 'Run `kubectl -n <namespace> describe pvc <name>`; if the condition is FileSystemResizePending, restart the pod that uses the claim, otherwise check the external-resizer.',
  },
  severity: 'info',
  reads: ['claims'],
  unit: 'minutes',
  threshold: { pendingMinutes: 60 },
  source: 'Kubernetes documentation, expanding persistent volumes claims; an hour by practice: offline expansion waits for a restart',

  evaluate({ claims }, { pendingMinutes }, { now }) {
    const resizing = claims.rows.filter(({ problem }) => problem === 'resize-pending');
    const stuck = resizing.flatMap(({ namespace, name, since }) => {
      const minutes = since === undefined ? 0 : Math.floor((now - since) / 60);
      return minutes >= pendingMinutes ? [{ scope: { kind: 'PersistentVolumeClaim' as const, namespace, name }, observed: minutes, threshold: pendingMinutes }] : [];
    });
    return stuck.length === 0 && resizing.some(({ since }) => since === undefined) ? unknown('not-reported') : stuck;
  },
});
