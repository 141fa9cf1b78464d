import { defineCheck } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const problemDetectorSilent = defineCheck({
  id: 'node-problem-detector-silent',
  area: 'node',
  title: { zh: '问题检测程序不再上报', en: 'Node problem detector no longer reporting' },
  why: {
    zh: '内核死锁、磁盘故障等不再上报，节点条件看起来正常其实是过时的。',
    en: 'Kernel deadlocks, disk faults etc. are no longer reported; healthy-looking conditions are in fact stale.',
  },
  remedy: {
    zh: '执行 `kubectl get pod -A -o wide | grep problem-detector` 查看该节点上的检测程序；重启或修复它，否则节点故障不会再被发现。',
    en: 'Run `kubectl get pod -A -o wide | grep problem-detector` to check the detector on that node; restart or repair it, otherwise node faults go undetected.',
  },
  severity: 'info',
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'node-problem-detector heartbeats every 5 min; silent after 15 min by practice',

  evaluate({ nodes }, { minimumCount }) {
    return nodes.rows
      .filter(({ ready, staleConditions }) => ready === 'true' && staleConditions >= minimumCount)
      .map(({ name, staleConditions }) => ({ scope: nodeScope(name), observed: staleConditions }));
  },
});
