import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const privilegeEscalation = defineCheck({
  id: 'security-privilege-escalation',
  area: 'security',
  title: { zh: '容器允许提升权限', en: 'Containers allowing privilege escalation' },
  why: { zh: '容器内的普通用户可借 setuid 程序变成 root。', en: 'An ordinary user in the container can become root through a setuid program.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；把 allowPrivilegeEscalation 设为 false。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; set allowPrivilegeEscalation to false.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye PrivilegeEscalationAllowed, Polaris privilegeEscalationAllowed, Kubescape C-0016, CIS 5.2.6',

  evaluate(sections) {
    return inTemplates(sections, ({ privilegeEscalation }) => privilegeEscalation);
  },
});
