import { defineCheck } from '../check.ts';

export const rbacNodeProxyAllowed = defineCheck({
  id: 'security-rbac-node-proxy-allowed',
  area: 'security',
  title: { zh: '平台以外的主体可以通过节点代理访问 kubelet', en: 'Subjects outside the platform can reach kubelets through the node proxy' },
  why: { zh: '可绕过准入与审计，直接经 kubelet 在任意 Pod 中执行命令。', en: 'It leads past admission and audit to running commands in any pod through the kubelet.' },
  remedy: {
    zh: '执行 `kubectl get clusterrolebinding <名称> -o yaml`（或 `kubectl -n <命名空间> get rolebinding <名称> -o yaml`）查看主体与角色；删除 `nodes/proxy` 权限，监控改用 `nodes/metrics`。',
    en: 'Run `kubectl get clusterrolebinding <name> -o yaml` (or `kubectl -n <namespace> get rolebinding <name> -o yaml`) for subjects and role; remove `nodes/proxy`; for monitoring `nodes/metrics` is enough.',
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
