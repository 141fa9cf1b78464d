import { componentsOf } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const ingressNginxRetired = defineCheck({
  id: 'addon-ingress-nginx-retired',
  area: 'addon',
  title: { zh: '仍在使用已停止维护的 ingress-nginx', en: 'Unmaintained ingress-nginx still in use' },
  why: { zh: '新发现的漏洞不再修复，而它直接面对外部流量。', en: 'New vulnerabilities are not fixed, and it faces external traffic.' },
  remedy: {
    zh: '执行 `kubectl get pods -A -l app.kubernetes.io/name=ingress-nginx` 确认；制定迁移到 Gateway API 或其他控制器的计划，期间收紧对入口的访问。',
    en: 'Run `kubectl get pods -A -l app.kubernetes.io/name=ingress-nginx` to confirm; plan the migration to the Gateway API or another controller, and restrict access to the entry point in the meantime.',
  },
  severity: 'warning',
  setup: true,
  reads: ['addons'],
  unit: 'count',
  threshold: {},
  source: 'kubernetes.io blog 2025-11-11, Ingress NGINX retirement: no releases and no security fixes after March 2026',

  evaluate({ addons }) {
    return componentsOf(addons, 'ingress-nginx').map(({ kind, namespace, name }) => ({ scope: { kind, namespace, name } }));
  },
});
