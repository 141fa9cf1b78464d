import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const attachmentNodeMissing = defineCheck({
  id: 'storage-attachment-node-missing',
  area: 'storage',
  title: { zh: '卷仍挂接在已不存在的节点上', en: 'Volumes still attached to a non-existent node' },
  why: {
    zh: '卷仍登记在已不存在的节点上：别的节点不能使用它，Pod 起不来。',
    en: 'The volume is still registered to a node that no longer exists: no other node can use it, and its pod cannot start.',
  },
  remedy: {
    zh: '执行 `kubectl get volumeattachments | grep <卷>` 与 `kubectl describe volumeattachment <名称>`；确认节点已彻底下线后等待控制器清理；超过六分钟仍在的，检查 kube-controller-manager 与驱动。',
    en: 'Run `kubectl get volumeattachments | grep <volume>` and `kubectl describe volumeattachment <name>`; once the node is permanently gone, wait for the controller to clean up; if it remains for more than six minutes, check kube-controller-manager and the driver.',
  },
  severity: 'warning',
  reads: ['volumeAttachments'],
  unit: 'minutes',
  threshold: { youngMinutes: 15 },
  source: 'practice: it keeps the volume from being attached elsewhere (Multi-Attach); 15 min, because the controller forces the detachment after six',

  evaluate({ volumeAttachments }, { youngMinutes }, { now }) {
    return volumeAttachments.rows
      .filter((row) => row.nodeMissing && !isYoung(row, youngMinutes, now))
      .map(({ name, createdAt }) => ({ scope: { kind: 'VolumeAttachment', name }, observed: Math.floor((now - createdAt) / 60) }));
  },
});
