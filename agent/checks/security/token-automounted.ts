import { defineCheck, unknown } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const tokenAutomounted = defineCheck({
  id: 'security-token-automounted',
  area: 'security',
  title: { zh: '自动挂载服务账号令牌', en: 'Service account tokens mounted automatically' },
  why: {
    zh: '用不到 API 的程序也带着令牌，被攻破后多一条进入集群的路。',
    en: 'Programs that never use the API still carry a token, giving an attacker one more way into the cluster.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；不访问 API Server 的工作负载设置 automountServiceAccountToken: false。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to review the manifest; set automountServiceAccountToken: false on workloads that do not access the API server.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 301 and 303, Polaris automountServiceAccountToken, Kubescape C-0034, CIS 5.1.6; the setting of the service account counts too (popeye #166)',

  evaluate(sections) {
    const outcome = inTemplates(sections, ({ automountToken }) => automountToken === true);
    const isUnclear = 'length' in outcome && outcome.length === 0 && sections.workloads.rows.some(({ system, automountToken }) => !system && automountToken === undefined);
    return isUnclear ? unknown('forbidden') : outcome;
  },
});
