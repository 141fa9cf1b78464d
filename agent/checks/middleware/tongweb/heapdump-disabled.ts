import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebHeapdumpDisabled = defineCheck({
  id: 'tongweb-heapdump-disabled',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 内存溢出时不转储堆', en: 'TongWeb does not dump its heap when memory runs out' },
  remedy: {
    zh: '在 `bin/external.vmoptions` 中加入 -XX:+HeapDumpOnOutOfMemoryError 与 -XX:HeapDumpPath，路径所在分区空间要大于堆。',
    en: 'Add -XX:+HeapDumpOnOutOfMemoryError and -XX:HeapDumpPath to `bin/external.vmoptions`, on a partition with more room than the heap.',
  },
  severity: 'info',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb production guide: HeapDumpOnOutOfMemoryError',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ javaOptionsRead, heapDumpOnError }) => (!javaOptionsRead ? 'silent' : wrongWhen(heapDumpOnError !== true)));
  },
});
