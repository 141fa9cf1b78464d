import { defineCheck } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

/** Faults that lose data or hang the node. */
const GRAVE: ReadonlySet<string> = new Set([
  'KernelDeadlock',
  'ReadonlyFilesystem',
  'XfsShutdown',
  'CperHardwareErrorFatal',
  'DiskReadonly',
  'DiskHung',
  'NodeDiskIOHang',
  'CorruptDockerOverlay2',
]);

export const problemReported = defineCheck({
  id: 'node-problem-reported',
  area: 'node',
  title: { zh: '问题检测程序报告的节点故障', en: 'Node faults reported by the problem detector' },
  why: {
    zh: '节点自身的检测程序已报告硬件或内核故障：上面的业务随时可能中断。',
    en: "The node's own detector has reported a hardware or kernel fault: services on it may be interrupted at any time.",
  },
  remedy: {
    zh: '执行 `kubectl describe node <节点>` 查看值为 True 的自定义状态，再在节点上执行 `dmesg -T | tail -200` 核实；按对应的故障处理，磁盘只读或内核死锁时先驱逐节点。',
    en: 'Run `kubectl describe node <node>` to see which custom conditions are True, then `dmesg -T | tail -200` on the node to verify; handle the fault accordingly, and drain the node first if its disk is read-only or its kernel is deadlocked.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'node-problem-detector: conditions that it sets to True',

  evaluate({ nodes }, { minimumCount }) {
    return nodes.rows.flatMap((row) => {
      const count = row.problems.length + row.otherProblems;
      if (count < minimumCount) return [];
      const first = row.problems[0];
      return [
        {
          scope: nodeScope(row.name),
          observed: count === 1 && first !== undefined ? first : count,
          severity: row.problems.some((problem) => GRAVE.has(problem)) ? 'critical' : undefined,
        },
      ];
    });
  },
});
