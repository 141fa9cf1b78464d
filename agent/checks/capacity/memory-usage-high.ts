import { defineCheck, unknown } from '../check.ts';
import { percentOf } from '../cluster-capacity.ts';
import { above } from '../levels.ts';

export const memoryUsageHigh = defineCheck({
  id: 'capacity-memory-usage-high',
  area: 'capacity',
  title: { zh: '全部节点合计的内存使用率过高', en: 'High memory usage across all nodes' },
  why: { zh: '内存再涨就会触发驱逐和强行终止，先受影响的是没有请求的 Pod。', en: 'Any further growth triggers evictions and kills, starting with pods without requests.' },
  remedy: {
    zh: '执行 `kubectl top nodes` 与 `kubectl top pod -A --sort-by=memory | head` 找出占用最多的工作负载；优化或限制它们，或增加节点。',
    en: 'Run `kubectl top nodes` and `kubectl top pod -A --sort-by=memory | head` to find the heaviest consumers; tune or limit them, or add nodes.',
  },
  severity: 'warning',
  reads: ['nodes', 'nodeUsage'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 90 },
  source: 'kubeeye and DaoCloud Insight cluster usage policies (80 %); critical as for single nodes',

  evaluate({ nodes, nodeUsage }, { warningPercent, criticalPercent }) {
    const offered = new Map(nodes.rows.map((row) => [row.name, row.memoryAllocatableBytes]));
    let used = 0;
    let whole = 0;
    for (const { node, memoryBytes } of nodeUsage.rows) {
      used += memoryBytes;
      whole += offered.get(node) ?? 0;
    }
    const share = percentOf(used, whole);
    return share === undefined ? unknown('not-reported') : above(share, { warning: warningPercent, critical: criticalPercent });
  },
});
