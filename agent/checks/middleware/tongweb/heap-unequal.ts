import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebHeapUnequal = defineCheck({
  id: 'tongweb-heap-unequal',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 的 -Xms 与 -Xmx 不相等', en: 'TongWeb -Xms and -Xmx not equal' },
  why: { zh: '堆在运行中伸缩会带来停顿，启动初期尤其明显。', en: 'Heap resizing at run time causes pauses, especially just after startup.' },
  remedy: {
    zh: '查看 `bin/external.vmoptions`（TongWeb 8：tongweb.xml 的 java-config）；将 -Xms 与 -Xmx 设为相同值，避免堆伸缩造成停顿。',
    en: 'Check `bin/external.vmoptions` (TongWeb 8: java-config in tongweb.xml); set -Xms and -Xmx to the same value to avoid pauses caused by heap resizing.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'bytes',
  threshold: {},
  source: 'TongWeb production guide: -Xms = -Xmx',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ javaOptionsRead, heapStartBytes, heapMostBytes }) =>
      !javaOptionsRead ? 'silent' : wrongWhen(heapStartBytes !== heapMostBytes, { observed: heapStartBytes, threshold: heapMostBytes }),
    );
  },
});
