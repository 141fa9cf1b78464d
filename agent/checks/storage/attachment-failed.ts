import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const attachmentFailed = defineCheck({
  id: 'storage-attachment-failed',
  area: 'storage',
  title: { zh: '卷挂接到节点时出错', en: 'Volume attachment errors' },
  why: {
    zh: '卷挂不到节点上：使用它的 Pod 停在创建中，有状态的服务起不来。',
    en: 'The volume cannot be attached to the node: the pod using it is stuck in creation, and the stateful service cannot start.',
  },
  remedy: {
    zh: '执行 `kubectl get volumeattachments | grep <卷>` 与 `kubectl describe volumeattachment <名称>`；按其中的错误信息处理：多为卷仍挂在别的节点、达到挂接上限或后端不可达。',
    en: 'Run `kubectl get volumeattachments | grep <volume>` and `kubectl describe volumeattachment <name>`; act on the error shown: usually the volume is still attached to another node, the attachment limit has been reached or the backend is unreachable.',
  },
  severity: 'warning',
  reads: ['volumeAttachments'],
  unit: 'minutes',
  threshold: { youngMinutes: 10 },
  source: 'k8sgpt Storage analyzer; KubeEye ExceptionEvents (FailedAttachVolume); practice: 10 min',

  evaluate({ volumeAttachments }, { youngMinutes }, { now }) {
    return volumeAttachments.rows
      .filter((row) => !row.attached && row.attachFailed && !isYoung(row, youngMinutes, now))
      .map(({ name, createdAt }) => ({ scope: { kind: 'VolumeAttachment', name }, observed: Math.floor((now - createdAt) / 60) }));
  },
});
