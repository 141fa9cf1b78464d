import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const snapshotFailed = defineCheck({
  id: 'storage-snapshot-failed',
  area: 'storage',
  title: { zh: '卷快照创建失败', en: 'Failed volume snapshots' },
  why: { zh: '快照没有做成：以为存在的还原点其实没有。', en: 'The snapshot was not created: a restore point that people rely on does not exist.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe volumesnapshot <名称>` 查看错误；检查快照类、驱动与后端的快照配额，删除失败的快照后重试。',
    en: "Run `kubectl -n <namespace> describe volumesnapshot <name>` to see the error; check the snapshot class, the driver and the backend's snapshot quota, then delete the failed snapshot and retry.",
  },
  severity: 'warning',
  reads: ['snapshots'],
  unit: 'minutes',
  threshold: { waitingMinutes: 60 },
  source: 'Kubernetes documentation, VolumeSnapshot: status.error and readyToUse; practice: any; one that is not ready after an hour counts as failed',

  evaluate({ snapshots }, { waitingMinutes }, { now }) {
    return snapshots.rows
      .filter((row) => !isYoung(row, row.failed ? 10 : waitingMinutes, now))
      .map(({ namespace, name, createdAt }) => ({ scope: { kind: 'VolumeSnapshot', namespace, name }, observed: Math.floor((now - createdAt) / 60) }));
  },
});
