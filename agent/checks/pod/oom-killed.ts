import { defineCheck } from '../check.ts';
import { byOwner } from '../pod-rows.ts';

export const oomKilled = defineCheck({
  id: 'pod-oom-killed',
  area: 'pod',
  title: { zh: '容器因内存不足被终止', en: 'Containers killed for running out of memory' },
  why: {
    zh: '内存用到上限的容器被内核杀死：处理中的请求和内存里的数据都会丢失。',
    en: 'The kernel killed the container at its memory limit: in-flight requests and data in memory are lost.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> top pod <Pod> --containers` 对比内存用量与限制；确认没有泄漏后上调 limits.memory，Java 应用同时核对堆与限制的比例。',
    en: 'Run `kubectl -n <namespace> top pod <pod> --containers` to compare memory usage with the limit; raise limits.memory once a leak is ruled out, and for Java also check the heap size against the limit.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { withinSeconds: 86_400 },
  source: 'k8sgpt and node-problem-detector report each OOM kill; practice: of the last 24 h, as other daily inspections',

  evaluate({ pods }, { withinSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) =>
      row.oomKilledAt !== undefined && now - row.oomKilledAt <= withinSeconds ? { observed: now - row.oomKilledAt, threshold: withinSeconds } : undefined,
    );
  },
});
