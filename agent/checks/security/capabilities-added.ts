import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const capabilitiesAdded = defineCheck({
  id: 'security-capabilities-added',
  area: 'security',
  title: { zh: '容器增加了基线以外的能力', en: 'Containers with capabilities beyond the baseline' },
  why: { zh: '容器获得了本不需要的特权，被攻破后更容易影响节点。', en: 'The container has privileges it does not need and, if compromised, can affect the node more easily.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；逐项确认 capabilities.add 是否必要，只保留 NET_BIND_SERVICE 一类的能力。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; check whether each entry in capabilities.add is needed and keep only capabilities such as NET_BIND_SERVICE.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye InsecureCapabilities, Polaris insecureCapabilities, Pod Security Standards baseline',

  evaluate(sections) {
    return inTemplates(sections, ({ addedCapabilities }) => addedCapabilities);
  },
});
