import { defineCheck, notApplicable } from '../check.ts';
import { tenantNamespaces } from '../tenant-namespaces.ts';

export const podSecurityUnenforced = defineCheck({
  id: 'security-pod-security-unenforced',
  area: 'security',
  title: { zh: '租户命名空间未强制执行 Pod 安全标准', en: 'Tenant namespaces without enforced Pod Security Standard' },
  why: {
    zh: '没有 enforce 级别（或为 privileged）时，谁能建 Pod，谁就能取得节点的 root。',
    en: 'Without an enforce level, or with privileged, anyone who can create pods can gain root on the node.',
  },
  remedy: {
    zh: '执行 `kubectl get namespaces -L pod-security.kubernetes.io/enforce` 查看；先以 `kubectl label --dry-run=server --overwrite namespace <命名空间> pod-security.kubernetes.io/enforce=baseline` 看哪些 Pod 不符合，再实际设置。由其他准入策略保证时登记为例外。',
    en: 'Run `kubectl get namespaces -L pod-security.kubernetes.io/enforce`; check which pods would violate the standard with `kubectl label --dry-run=server --overwrite namespace <namespace> pod-security.kubernetes.io/enforce=baseline`, then apply the label. Record an exemption where another admission policy ensures this.',
  },
  severity: 'info',
  reads: ['namespaces', 'apiServer'],
  unit: 'value',
  threshold: { fromMinorVersion: 23 },
  source: 'kubescape C-0192 and C-0193, CIS 5.2; Pod Security admission is on by default from Kubernetes 1.23',

  evaluate({ namespaces, apiServer }, { fromMinorVersion }) {
    if (apiServer.minor < fromMinorVersion) return notApplicable('not-served');
    const tenants = tenantNamespaces(namespaces);
    if (tenants.length === 0) return notApplicable('not-in-use');
    return tenants
      .filter(({ podSecurity }) => podSecurity === 'none' || podSecurity === 'privileged')
      .map(({ name, podSecurity }) => ({ scope: { kind: 'Namespace', name }, observed: podSecurity }));
  },
});
