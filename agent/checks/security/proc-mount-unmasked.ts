import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const procMountUnmasked = defineCheck({
  id: 'security-proc-mount-unmasked',
  area: 'security',
  title: { zh: '容器的 /proc 未屏蔽', en: 'Containers with an unmasked /proc' },
  why: {
    zh: '容器可读写本应屏蔽的内核接口，有助于逃逸到主机。',
    en: 'The container can read and write kernel interfaces that should be masked, which makes it easier to escape to the host.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；去掉 procMount: Unmasked。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; remove procMount: Unmasked.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'Polaris procMount, Kubescape, Pod Security Standards baseline',

  evaluate(sections) {
    return inTemplates(sections, ({ procUnmasked }) => procUnmasked);
  },
});
