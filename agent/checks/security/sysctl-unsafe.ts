import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const sysctlUnsafe = defineCheck({
  id: 'security-sysctl-unsafe',
  area: 'security',
  title: { zh: '工作负载设置了基线以外的内核参数', en: 'Workloads setting kernel parameters beyond the baseline' },
  why: { zh: '修改可能影响同节点的其他容器，甚至让节点不稳定。', en: 'The changes may affect other containers on the node, or even make the node unstable.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 securityContext.sysctls 中的非安全项，改由节点统一配置。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove the unsafe entries from securityContext.sysctls and configure them on the nodes.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Pod Security Standards baseline (sysctls)',

  evaluate(sections) {
    return inTemplates(sections, ({ unsafeSysctls }) => unsafeSysctls);
  },
});
