import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

/** What TongWeb 7 sets by itself when nobody does (192 MB). */
const DEFAULT_METASPACE_BYTES = 201_326_592;

export const tongwebHeapExceedsMemory = defineCheck({
  id: 'tongweb-heap-exceeds-memory',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 堆与元空间接近内存上限', en: 'TongWeb heap and metaspace close to the memory limit' },
  why: { zh: '系统或容器可能因内存不足终止整个进程。', en: 'The system or container may kill the entire process because of insufficient memory.' },
  remedy: {
    zh: '对比 -Xmx、MaxMetaspaceSize 与容器或主机内存（`cat /proc/meminfo`）；降低 -Xmx 或增加内存，给线程栈与直接内存留出余量。',
    en: 'Compare -Xmx and MaxMetaspaceSize with the memory of the container or host (`cat /proc/meminfo`); lower -Xmx or add memory to leave headroom for thread stacks and direct memory.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 75, criticalPercent: 95 },
  source: 'practice: the rest of a JVM wants about a quarter; 75 % / 95 %',

  evaluate({ middlewareTongweb: { rows } }, { warningPercent, criticalPercent }) {
    return judgeInstances(rows, ({ heapMostBytes, metaspaceMostBytes = DEFAULT_METASPACE_BYTES, memoryLimitBytes }) =>
      heapMostBytes === undefined || memoryLimitBytes === undefined
        ? 'silent'
        : above(Math.round(((heapMostBytes + metaspaceMostBytes) / memoryLimitBytes) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
