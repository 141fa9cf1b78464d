import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const runAsRoot = defineCheck({
  id: 'security-run-as-root',
  area: 'security',
  title: { zh: '容器可能以 root 运行', en: 'Containers that may run as root' },
  why: { zh: '遇到运行时漏洞时，容器内的 root 就是主机上的 root。', en: 'With a runtime vulnerability, root in the container is root on the host.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；在镜像中使用普通用户，并设置 runAsNonRoot: true。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; use a non-root user in the image and set runAsNonRoot: true.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 302 and 306, KubeEye NotRunAsNonRoot, Polaris runAsRootAllowed, Kubescape C-0013, CIS 5.2.7',

  evaluate(sections) {
    return inTemplates(sections, ({ mayRunAsRoot }) => mayRunAsRoot);
  },
});
