import { defineCheck } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const problemDetectorSilent = defineCheck({
  id: 'node-problem-detector-silent',
  area: 'node',
  title: { zh: '问题检测程序不再上报', en: 'Problem detectors that fell silent' },
  why: { zh: '内核死锁、磁盘故障等不再上报，节点条件看起来正常其实是过时的。', en: 'Kernel and disk faults are no longer told; conditions that look well are only old.' },
  remedy: {
    zh: '执行 `kubectl get pod -A -o wide | grep problem-detector` 查看该节点上的检测程序；重启或修复它，否则节点故障不会再被发现。',
    en: 'Run `kubectl get pod -A -o wide | grep problem-detector` for the detector on that node; repair it, or faults of the node stay unseen.',
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
