import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebHeapTooSmall = defineCheck({
  id: 'tongweb-heap-too-small',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 堆内存过小或未设置', en: 'TongWeb heap too small or not set' },
  why: { zh: '高峰时频繁回收甚至内存溢出，应用停止响应。', en: 'At peak times, TongWeb collects garbage constantly or runs out of memory, and the application stops responding.' },
  remedy: {
    zh: '查看 `bin/external.vmoptions` 中的 -Xmx；按业务容量设置，不低于 1024 MB。',
    en: 'Check -Xmx in `bin/external.vmoptions`; size it for the workload, at least 1024 MB.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'bytes',
  threshold: { minimumBytes: 1_073_741_824 },
  source: 'TongWeb 8 baseline item checkJvmHeapThreshold: -Xmx at least 1024 MB',

  evaluate({ middlewareTongweb: { rows } }, { minimumBytes }) {
    return judgeInstances(rows, ({ javaOptionsRead, heapMostBytes = 0 }) =>
      !javaOptionsRead ? 'silent' : wrongWhen(heapMostBytes < minimumBytes, { observed: heapMostBytes, threshold: minimumBytes }),
    );
  },
});
