import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebHeapdumpDisabled = defineCheck({
  id: 'tongweb-heapdump-disabled',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 内存溢出时不转储堆', en: 'TongWeb does not dump its heap when memory runs out' },
  why: { zh: '内存溢出后没有现场，无法找出泄漏的原因。', en: 'When memory runs out there is no evidence to find the leak.' },
  remedy: {
    zh: '在 `bin/external.vmoptions` 中加入 -XX:+HeapDumpOnOutOfMemoryError 与 -XX:HeapDumpPath，路径所在分区空间要大于堆。',
    en: 'Add -XX:+HeapDumpOnOutOfMemoryError and -XX:HeapDumpPath to `bin/external.vmoptions`, on a partition with more room than the heap.',
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
