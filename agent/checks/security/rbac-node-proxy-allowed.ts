import { defineCheck } from '../check.ts';

export const rbacNodeProxyAllowed = defineCheck({
  id: 'security-rbac-node-proxy-allowed',
  area: 'security',
  title: { zh: '平台以外的主体可以通过节点代理访问 kubelet', en: 'Non-platform subjects able to reach the kubelet by proxy' },
  why: {
    zh: '可绕过准入与审计，直接经 kubelet 在任意 Pod 中执行命令。',
    en: 'The holder can bypass admission and auditing and run commands in any pod directly through the kubelet.',
  },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；删除 `nodes/proxy` 权限，监控改用 `nodes/metrics`。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) to review the subjects and the role; remove `nodes/proxy`, and use `nodes/metrics` for monitoring.',
  },
  severity: 'warning',
  reads: ['rbac'],
  unit: 'count',
  threshold: {},
  source: 'CIS 5.1.10 (nodes/proxy): it runs commands on any pod without admission or audit',

  evaluate({ rbac }) {
    return rbac.rows
      .filter((row) => row.clusterWide && row.subjects.includes('tenant') && !row.clusterAdmin && !row.grants.includes('everything') && row.grants.includes('node-proxy'))
      .map(({ kind, namespace, name }) => ({ scope: { kind, ...(namespace !== undefined && { namespace }), name } }));
  },
});
