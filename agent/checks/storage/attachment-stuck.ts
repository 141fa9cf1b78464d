import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const attachmentStuck = defineCheck({
  id: 'storage-attachment-stuck',
  area: 'storage',
  title: { zh: '卷长时间没有挂接到节点', en: 'Volume attachments pending for a long time' },
  why: { zh: '挂载迟迟不完成：故障迁移后的有状态副本一直等着它的数据。', en: 'The attachment does not complete: a stateful replica keeps waiting for its data after failover.' },
  remedy: {
    zh: '执行 `kubectl get volumeattachments | grep <卷>` 与 `kubectl describe volumeattachment <名称>`；检查驱动的 external-attacher 与存储后端，确认卷没有被其他节点占用。',
    en: "Run `kubectl get volumeattachments | grep <volume>` and `kubectl describe volumeattachment <name>`; check the driver's external-attacher and the storage backend, and confirm that no other node is using the volume.",
  },
  severity: 'warning',
  reads: ['volumeAttachments'],
  unit: 'minutes',
  threshold: { waitingMinutes: 10 },
  source: 'Alibaba ACK inspection (events of volume attachments); practice: 10 min',

  evaluate({ volumeAttachments }, { waitingMinutes }, { now }) {
    return volumeAttachments.rows
      .filter((row) => !row.attached && row.deletingSince === undefined && !row.attachFailed && !isYoung(row, waitingMinutes, now))
      .map(({ name, createdAt }) => ({ scope: { kind: 'VolumeAttachment', name }, observed: Math.floor((now - createdAt) / 60), threshold: waitingMinutes }));
  },
});
