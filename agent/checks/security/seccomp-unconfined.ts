import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const seccompUnconfined = defineCheck({
  id: 'security-seccomp-unconfined',
  area: 'security',
  title: { zh: '容器关闭了 seccomp', en: 'Containers with seccomp disabled' },
  why: { zh: '容器可使用全部系统调用，内核漏洞更容易被利用来逃逸。', en: 'The container can use all system calls, so kernel vulnerabilities are easier to exploit for an escape.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；把 seccompProfile.type 改为 RuntimeDefault 或自定义的 Localhost 配置。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; set seccompProfile.type to RuntimeDefault or to a custom Localhost profile.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Pod Security Standards baseline',

  evaluate(sections) {
    return inTemplates(sections, ({ seccompUnconfined }) => seccompUnconfined);
  },
});
