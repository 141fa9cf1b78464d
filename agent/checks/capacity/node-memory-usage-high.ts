import { defineCheck, unknown } from '../check.ts';
import { percentOf } from '../cluster-capacity.ts';
import { above } from '../levels.ts';
import { nodeScope } from '../node-rows.ts';

export const nodeMemoryUsageHigh = defineCheck({
  id: 'capacity-node-memory-usage-high',
  area: 'capacity',
  title: { zh: '节点内存使用率过高', en: 'High memory usage on individual nodes' },
  why: { zh: '该节点即将驱逐 Pod 或触发内存不足终止。', en: 'The node is about to evict pods or trigger out-of-memory kills.' },
  remedy: {
    zh: '执行 `kubectl top pod -A --sort-by=memory` 并按节点筛选，找出占用最多的 Pod；把它们分散到较空闲的节点，或为其设置合理的请求与限制。',
    en: 'Run `kubectl top pod -A --sort-by=memory` and filter by node to find the heaviest pods; move them to less busy nodes, or set appropriate requests and limits.',
  },
  severity: 'warning',
  reads: ['nodes', 'nodeUsage'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'popeye POP-710 (80 %), node-mixin NodeMemoryHighUtilization (90 %)',

  evaluate({ nodes, nodeUsage }, { warningPercent, criticalPercent }) {
    const offered = new Map(nodes.rows.map((row) => [row.name, row.memoryAllocatableBytes]));
    const measured = nodeUsage.rows.flatMap(({ node, memoryBytes }) => {
      const used = percentOf(memoryBytes, offered.get(node) ?? 0);
      return used === undefined ? [] : [{ node, used }];
    });
    const high = measured.flatMap(({ node, used }) =>
      above(used, { warning: warningPercent, critical: criticalPercent }).map((violation) => ({ ...violation, scope: nodeScope(node) })),
    );
    return high.length === 0 && measured.length < nodes.rows.length ? unknown('not-reported') : high;
  },
});
