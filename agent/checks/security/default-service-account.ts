import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const defaultServiceAccount = defineCheck({
  id: 'security-default-service-account',
  area: 'security',
  title: { zh: '工作负载使用 default 服务账号', en: 'Workloads using the default service account' },
  why: { zh: '给默认账号授一次权，命名空间里所有 Pod 都会得到。', en: 'Any permission granted to the default account applies to every pod in the namespace.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；为其创建专用的服务账号，只授予所需权限。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; create a dedicated service account for it with only the permissions it needs.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 300, CIS 5.1.5',

  evaluate(sections) {
    return inTemplates(sections, ({ defaultServiceAccount }) => defaultServiceAccount);
  },
});
