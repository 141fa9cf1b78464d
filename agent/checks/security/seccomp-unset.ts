import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const seccompUnset = defineCheck({
  id: 'security-seccomp-unset',
  area: 'security',
  title: { zh: '容器未设置 seccomp', en: 'Containers without a seccomp profile' },
  why: { zh: '容器可能没有系统调用过滤，内核漏洞更容易被利用。', en: 'System calls may not be filtered, so kernel vulnerabilities are easier to exploit.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；设置 seccompProfile.type: RuntimeDefault。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; set seccompProfile.type: RuntimeDefault.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Polaris linuxHardening, Kubescape C-0055, Pod Security Standards restricted, CIS 5.6.2',

  evaluate(sections) {
    return inTemplates(sections, ({ seccompUnset }) => seccompUnset);
  },
});
