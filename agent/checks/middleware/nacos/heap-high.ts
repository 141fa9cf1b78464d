import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const nacosHeapHigh = defineCheck({
  id: 'nacos-heap-high',
  area: 'middleware',
  product: 'nacos',
  group: 'resources',
  title: { zh: 'Nacos 堆内存使用率过高', en: 'High Nacos heap usage' },
  why: {
    zh: '频繁 GC 会使心跳超时，服务被误摘除，再涨则内存溢出。',
    en: 'Frequent GC may time out heartbeats, so that services are removed by mistake; further growth causes an out-of-memory error.',
  },
  remedy: {
    zh: '在成员上执行 `jstat -gcutil <pid>`；检查服务与配置数量、-Xmx，必要时扩容。',
    en: 'Run `jstat -gcutil <pid>` on the member; check the number of services and configurations and -Xmx, and scale up if necessary.',
  },
  severity: 'warning',
  reads: ['middlewareNacos'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'awesome-prometheus-alerts (JVM): heap > 80 %; practice: critical at 95 %',

  evaluate({ middlewareNacos: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ heapPercent }) => told(heapPercent, (value) => above(Math.floor(value), { warning: warningPercent, critical: criticalPercent })));
  },
});
