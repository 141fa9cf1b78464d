import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const capabilitiesKept = defineCheck({
  id: 'security-capabilities-kept',
  area: 'security',
  title: { zh: '容器未丢弃默认能力', en: 'Containers retaining default capabilities' },
  why: {
    zh: '保留的默认能力多数用不到，却给攻击者留下伪造报文、改属主等手段。',
    en: 'Most of them are never needed, yet they let an attacker forge packets or change file ownership.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；设置 capabilities.drop: ["ALL"]，再按需增加。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; set capabilities.drop: ["ALL"] and add back only what is needed.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Pod Security Standards restricted, CIS 5.2.9, Kubescape C-0055',

  evaluate(sections) {
    return inTemplates(sections, ({ capabilitiesKept }) => capabilitiesKept);
  },
});
