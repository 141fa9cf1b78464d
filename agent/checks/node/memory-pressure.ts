import { defineCheck } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const memoryPressure = defineCheck({
  id: 'node-memory-pressure',
  area: 'node',
  title: { zh: '节点处于内存压力', en: 'Nodes under memory pressure' },
  why: { zh: 'kubelet 开始驱逐 Pod：没有设置内存请求的业务最先被终止。', en: 'The kubelet starts evicting pods: those without a memory request are terminated first.' },
  remedy: {
    zh: '执行 `kubectl top pod -A --sort-by=memory` 找出占用内存最多的 Pod；迁移或限制它们，必要时扩容节点并为系统预留内存。',
    en: 'Run `kubectl top pod -A --sort-by=memory` to find the pods that use the most memory; move or limit them or, if necessary, add memory and reserve some for the system.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 10 },
  source: 'kubernetes-mixin KubeNodePressure (10 min), popeye POP-704',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    return inStateFor(nodes.rows, afterMinutes, now, (row) => (row.pressures.includes('memory') ? (row.memoryPressureSince ?? 'unknown') : undefined));
  },
});
