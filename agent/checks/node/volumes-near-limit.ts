import { defineCheck, notApplicable } from '../check.ts';
import { percentOf } from '../cluster-capacity.ts';
import { above } from '../levels.ts';
import { nodeScope } from '../node-rows.ts';

export const volumesNearLimit = defineCheck({
  id: 'node-volumes-near-limit',
  area: 'node',
  title: { zh: '节点挂载的卷数接近上限', en: 'Nodes close to their attached volume limit' },
  why: { zh: '到达可挂载卷的上限后，使用存储的 Pod 在该节点上启动不了。', en: 'At the volume attachment limit, pods that use storage cannot start on the node.' },
  remedy: {
    zh: '执行 `kubectl get csinode <节点> -o yaml` 核对驱动的上限，并用 `kubectl get volumeattachment` 查看已挂载的卷；把有状态的 Pod 分散到其他节点。',
    en: "Run `kubectl get csinode <node> -o yaml` to check the driver's limit and `kubectl get volumeattachment` to list attached volumes; spread stateful pods across other nodes.",
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'percent',
  threshold: { warningPercent: 85, criticalPercent: 100 },
  source: 'practice: the scheduler places no further pod with such a volume at 100 %; CSINode allocatable.count',

  evaluate({ nodes }, { warningPercent, criticalPercent }) {
    const limited = nodes.rows.filter(({ volumesLimit = 0 }) => volumesLimit > 0);
    if (limited.length === 0) return notApplicable('not-in-use');
    return limited.flatMap(({ name, volumesOfDriver = 0, volumesLimit = 0 }) =>
      above(percentOf(volumesOfDriver, volumesLimit) ?? 0, { warning: warningPercent, critical: criticalPercent }).map((violation) => ({ ...violation, scope: nodeScope(name) })),
    );
  },
});
