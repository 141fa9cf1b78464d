import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tlqIpcInsufficient = defineCheck({
  id: 'tlq-ipc-insufficient',
  area: 'middleware',
  product: 'tlq',
  group: 'platform',
  title: { zh: 'TongLINK/Q 所需的 SysV IPC 参数不足', en: 'System V IPC too small for TongLINK/Q' },
  remedy: {
    zh: '执行 `ipcs -l` 查看；按 TLQ 队列规模在 `/etc/sysctl.d/` 中调高 kernel.sem 与 kernel.shmmax。',
    en: 'Run `ipcs -l`; raise kernel.sem and kernel.shmmax below `/etc/sysctl.d/` for the size of the queues.',
  },
  severity: 'warning',
  reads: ['middlewareTlq'],
  unit: 'value',
  threshold: { minimumCount: 128, minimumBytes: 268_435_456 },
  source: 'practice: TongLINK/Q keeps its queues in System V IPC; SEMMNI at least 128, the kernel default before 3.19, and a shared memory segment of at least 256 MB',

  evaluate({ middlewareTlq: { rows } }, { minimumCount, minimumBytes }) {
    return judgeInstances(rows, ({ semaphoreSets, shmMaxBytes }) =>
      semaphoreSets === undefined || shmMaxBytes === undefined
        ? 'silent'
        : semaphoreSets < minimumCount
          ? [{ observed: semaphoreSets, threshold: minimumCount }]
          : shmMaxBytes < minimumBytes
            ? [{ observed: shmMaxBytes, threshold: minimumBytes }]
            : [],
    );
  },
});
