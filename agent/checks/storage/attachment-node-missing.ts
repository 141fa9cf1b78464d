import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const attachmentNodeMissing = defineCheck({
  id: 'storage-attachment-node-missing',
  area: 'storage',
  title: { zh: '卷仍挂接在已不存在的节点上', en: 'Volume attached to a node that no longer exists' },
  why: {
    zh: '卷仍登记在已不存在的节点上：别的节点不能使用它，Pod 起不来。',
    en: 'The volume still belongs to a node that is gone: no other node may use it, and its pod does not start.',
  },
  remedy: {
    zh: '执行 `kubectl get volumeattachments | grep <卷>` 与 `kubectl describe volumeattachment <名称>`；确认节点已彻底下线后等待控制器清理；超过六分钟仍在的，检查 kube-controller-manager 与驱动。',
    en: 'Run `kubectl get volumeattachments | grep <volume>` and `kubectl describe volumeattachment <name>`; once the node is really gone the controller cleans up; where it stays, check kube-controller-manager and the driver.',
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
