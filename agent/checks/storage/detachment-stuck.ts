import { defineCheck } from '../check.ts';

export const detachmentStuck = defineCheck({
  id: 'storage-detachment-stuck',
  area: 'storage',
  title: { zh: '卷从节点卸载不掉', en: 'Volumes stuck in detachment' },
  why: { zh: '卷卸不下来：别的节点不能接管，故障迁移停在这里。', en: 'The volume cannot be detached: no other node can take it over, and failover stops here.' },
  remedy: {
    zh: '执行 `kubectl get volumeattachments | grep <卷>` 与 `kubectl describe volumeattachment <名称>`；检查节点是否在线、驱动是否报错；节点确已关机的，给它加上 `node.kubernetes.io/out-of-service` 污点。',
    en: 'Run `kubectl get volumeattachments | grep <volume>` and `kubectl describe volumeattachment <name>`; check whether the node is up and whether the driver reports errors; if the node is confirmed to be shut down, add the taint `node.kubernetes.io/out-of-service`.',
  },
  severity: 'warning',
  reads: ['volumeAttachments'],
  unit: 'minutes',
  threshold: { detachingMinutes: 10 },
  source: 'Alibaba ACK inspection (events of volume attachments), for the way back; practice: 10 min',

  evaluate({ volumeAttachments }, { detachingMinutes }, { now }) {
    return volumeAttachments.rows.flatMap(({ name, deletingSince }) => {
      const minutes = deletingSince === undefined ? 0 : Math.floor((now - deletingSince) / 60);
      return minutes >= detachingMinutes ? [{ scope: { kind: 'VolumeAttachment' as const, name }, observed: minutes, threshold: detachingMinutes }] : [];
    });
  },
});
