/** Full collections of a Java heap: one question, in the same words and with the same bounds for every server that runs on a JVM. */
import type { Outcome } from './check.ts';
import { above } from './levels.ts';
import { type InstanceRow, judgeInstances, told } from './middleware-rows.ts';

/** What the checks of all products share; collections an hour. */
export const FULL_GC = {
  area: 'middleware',
  group: 'load',
  why: {
    zh: '每次 Full GC 期间全部请求停顿；频繁发生通常说明堆不足或内存泄漏。',
    en: 'Every full collection pauses all requests; frequent ones usually mean that the heap is too small or memory is leaking.',
  },
  remedy: {
    zh: '执行 `jstat -gcutil <pid> 1000 10` 查看 FGC 列；在 GC 日志中确认原因，检查内存泄漏后再调整 -Xmx。',
    en: 'Run `jstat -gcutil <pid> 1000 10` and check the FGC column; find the cause in the GC log and rule out memory leaks before raising -Xmx.',
  },
  severity: 'warning',
  unit: 'value',
  threshold: { warningValue: 6, criticalValue: 30 },
  source: 'practice: one in 10 minutes, one in 2, where RMI alone asks for one an hour',
} as const;

/** Violations of instances whose heap is collected as a whole too often; a rate that is not told is silent. */
export function judgeFullGc(
  rows: readonly (InstanceRow & { readonly fullGcPerHour?: number | undefined })[],
  { warningValue, criticalValue }: { readonly warningValue: number; readonly criticalValue: number },
): Outcome {
  return judgeInstances(rows, ({ fullGcPerHour }) => told(fullGcPerHour, (rate) => above(Math.round(rate * 10) / 10, { warning: warningValue, critical: criticalValue })));
}
