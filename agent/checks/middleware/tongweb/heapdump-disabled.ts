import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebHeapdumpDisabled = defineCheck({
  id: 'tongweb-heapdump-disabled',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 内存溢出时不转储堆', en: 'TongWeb heap dump on out-of-memory error disabled' },
  why: { zh: '内存溢出后没有现场，无法找出泄漏的原因。', en: 'After an out-of-memory error, there is no evidence for finding the leak.' },
  remedy: {
    zh: '在 `bin/external.vmoptions` 中加入 -XX:+HeapDumpOnOutOfMemoryError 与 -XX:HeapDumpPath，路径所在分区空间要大于堆。',
    en: 'Add -XX:+HeapDumpOnOutOfMemoryError and -XX:HeapDumpPath to `bin/external.vmoptions`; the path must be on a partition with more free space than the heap size.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb production guide: HeapDumpOnOutOfMemoryError',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ javaOptionsRead, heapDumpOnError }) => (!javaOptionsRead ? 'silent' : wrongWhen(heapDumpOnError !== true)));
  },
});
