import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const attachmentLimitNear = defineCheck({
  id: 'storage-attachment-limit-near',
  area: 'storage',
  title: { zh: '节点可挂接的卷即将达到上限', en: 'Node close to its limit of attached volumes' },
  remedy: {
    zh: '执行 `kubectl get csinode <节点> -o jsonpath={.spec.drivers[*].allocatable}` 与 `kubectl get volumeattachments | grep <节点>`；把部分有状态 Pod 调度到其他节点，或增加节点。',
    en: 'Run `kubectl get csinode <node> -o jsonpath={.spec.drivers[*].allocatable}` and `kubectl get volumeattachments | grep <node>`; move some stateful pods to other nodes, or add nodes.',
  },
  severity: 'warning',
  reads: ['csi'],
  unit: 'percent',
  threshold: { warningPercent: 90, criticalPercent: 100 },
  source: 'practice: the scheduler places no pod with a volume there once CSINode allocatable is used up',

  evaluate({ csi }, { warningPercent, criticalPercent }) {
    return csi.limits.flatMap(({ node, used, limit }) =>
      above((used / limit) * 100, { warning: warningPercent, critical: criticalPercent }).map((violation) => ({ ...violation, scope: { kind: 'Node' as const, name: node } })),
    );
  },
});
