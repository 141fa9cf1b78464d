import { defineCheck } from '../../check.ts';
import { HOST_PROFILES, type HostParameter } from '../../host-profiles.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tlqIpcInsufficient = defineCheck({
  id: 'tlq-ipc-insufficient',
  area: 'middleware',
  product: 'tlq',
  group: 'platform',
  title: { zh: 'TongLINK/Q 所需的 SysV IPC 参数不足', en: 'System V IPC limits too low for TongLINK/Q' },
  why: { zh: '队列管理器可能启动不了，或在消息增多时失败。', en: 'The queue manager may fail to start, or fail as messages increase.' },
  remedy: {
    zh: '执行 `ipcs -l` 查看；按 TLQ 队列规模在 `/etc/sysctl.d/` 中调高 kernel.sem、kernel.shmmax、kernel.shmmni、kernel.msgmnb 与 kernel.msgmni。',
    en: 'Run `ipcs -l`; raise kernel.sem, kernel.shmmax, kernel.shmmni, kernel.msgmnb and kernel.msgmni in `/etc/sysctl.d/` to suit the size of the queues.',
  },
  severity: 'warning',
  reads: ['middlewareTlq'],
  unit: 'value',
  threshold: {
    minimumCount: minimumOf('kernel.sem.semmni'),
    minimumBytes: minimumOf('kernel.shmmax'),
    minimumSegmentsCount: minimumOf('kernel.shmmni'),
    minimumQueueBytes: minimumOf('kernel.msgmnb'),
    minimumQueuesCount: minimumOf('kernel.msgmni'),
  },
  source: 'the profile of TongLINK/Q: it keeps its queues in System V IPC',

  evaluate({ middlewareTlq: { rows } }, { minimumCount, minimumBytes, minimumSegmentsCount, minimumQueueBytes, minimumQueuesCount }) {
    return judgeInstances(rows, (row) => {
      const asked: readonly (readonly [number | undefined, number])[] = [
        [row.semaphoreSets, minimumCount],
        [row.shmMaxBytes, minimumBytes],
        [row.shmSegments, minimumSegmentsCount],
        [row.messageQueueBytes, minimumQueueBytes],
        [row.messageQueues, minimumQueuesCount],
      ];
      const low = asked.find(([value, minimum]) => value !== undefined && value < minimum);
      if (low) return [{ ...(low[0] !== undefined && { observed: low[0] }), threshold: low[1] }];
      return asked.some(([value]) => value === undefined) ? 'silent' : [];
    });
  },
});

function minimumOf(parameter: HostParameter): number {
  return HOST_PROFILES.tonglinkq.find((row) => row.parameter === parameter)?.minimum ?? 0;
}
