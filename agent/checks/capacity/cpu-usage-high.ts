import { defineCheck, unknown } from '../check.ts';
import { percentOf } from '../cluster-capacity.ts';
import { above } from '../levels.ts';

export const cpuUsageHigh = defineCheck({
  id: 'capacity-cpu-usage-high',
  area: 'capacity',
  title: { zh: '全部节点合计的 CPU 使用率过高', en: 'High CPU usage across all nodes' },
  why: { zh: '整个集群没有余量应对高峰，时延会普遍升高。', en: 'The cluster has no headroom for peaks, and latency may rise everywhere.' },
  remedy: {
    zh: '执行 `kubectl top nodes` 与 `kubectl top pod -A --sort-by=cpu | head` 找出占用最多的工作负载；优化或限制它们，或增加节点。',
    en: 'Run `kubectl top nodes` and `kubectl top pod -A --sort-by=cpu | head` to find the heaviest consumers; tune or limit them, or add nodes.',
  },
  severity: 'warning',
  reads: ['nodes', 'nodeUsage'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'kubeeye and DaoCloud Insight cluster usage policies (80 %); critical as for single nodes',

  evaluate({ nodes, nodeUsage }, { warningPercent, criticalPercent }) {
    const offered = new Map(nodes.rows.map((row) => [row.name, row.cpuAllocatableMillicores]));
    let used = 0;
    let whole = 0;
    for (const { node, cpuMillicores } of nodeUsage.rows) {
      used += cpuMillicores;
      whole += offered.get(node) ?? 0;
    }
    const share = percentOf(used, whole);
    return share === undefined ? unknown('not-reported') : above(share, { warning: warningPercent, critical: criticalPercent });
  },
});
