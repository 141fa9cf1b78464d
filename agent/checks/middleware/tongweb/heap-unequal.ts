import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebHeapUnequal = defineCheck({
  id: 'tongweb-heap-unequal',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 的 -Xms 与 -Xmx 不相等', en: 'TongWeb: -Xms differs from -Xmx' },
  why: { zh: '堆在运行中伸缩会带来停顿，启动初期尤其明显。', en: 'The heap grows and shrinks while running, with pauses, most of all after a start.' },
  remedy: {
    zh: '查看 `bin/external.vmoptions`（TongWeb 8：tongweb.xml 的 java-config）；将 -Xms 与 -Xmx 设为相同值，避免堆伸缩造成停顿。',
    en: 'See `bin/external.vmoptions` (TongWeb 8: java-config in tongweb.xml); set -Xms and -Xmx to the same value, so that the heap does not resize.',
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
