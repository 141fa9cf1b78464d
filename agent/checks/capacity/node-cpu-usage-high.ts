import { defineCheck, unknown } from '../check.ts';
import { percentOf } from '../cluster-capacity.ts';
import { above } from '../levels.ts';
import { nodeScope } from '../node-rows.ts';

export const nodeCpuUsageHigh = defineCheck({
  id: 'capacity-node-cpu-usage-high',
  area: 'capacity',
  title: { zh: '节点 CPU 使用率过高', en: 'High CPU usage on individual nodes' },
  why: { zh: '该节点上的业务互相争抢处理器，时延升高，健康检查可能失败。', en: 'Workloads on the node compete for CPU: latency rises, and health checks may fail.' },
  remedy: {
    zh: '执行 `kubectl top pod -A --sort-by=cpu` 并按节点筛选，找出占用最多的 Pod；把它们分散到较空闲的节点，或为其设置合理的请求与限制。',
    en: 'Run `kubectl top pod -A --sort-by=cpu` and filter by node to find the heaviest pods; move them to less busy nodes, or set appropriate requests and limits.',
  },
  severity: 'warning',
  reads: ['nodes', 'nodeUsage'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 95 },
  source: 'popeye POP-709 (80 %), node-mixin NodeCPUHighUsage (90 %)',

  evaluate({ nodes, nodeUsage }, { warningPercent, criticalPercent }) {
    const offered = new Map(nodes.rows.map((row) => [row.name, row.cpuAllocatableMillicores]));
    const measured = nodeUsage.rows.flatMap(({ node, cpuMillicores }) => {
      const used = percentOf(cpuMillicores, offered.get(node) ?? 0);
      return used === undefined ? [] : [{ node, used }];
    });
    const high = measured.flatMap(({ node, used }) =>
      above(used, { warning: warningPercent, critical: criticalPercent }).map((violation) => ({ ...violation, scope: nodeScope(node) })),
    );
    return high.length === 0 && measured.length < nodes.rows.length ? unknown('not-reported') : high;
  },
});
