import { defineCheck, unknown } from '../check.ts';

export const authorizationAlwaysAllow = defineCheck({
  id: 'kubelet-authorization-always-allow',
  area: 'kubelet',
  title: { zh: 'kubelet 不做授权检查', en: 'No authorization checks on the kubelet' },
  why: { zh: '通过认证的任何身份都能在该节点上执行命令：一个泄漏的令牌就够了。', en: 'Any authenticated identity can run commands on the node: one leaked token is enough.' },
  remedy: {
    zh: '执行 `grep -A1 authorization /var/lib/kubelet/config.yaml` 确认；设置 `authorization.mode: Webhook` 并重启 kubelet。',
    en: 'Run `grep -A1 authorization /var/lib/kubelet/config.yaml` to confirm; set `authorization.mode: Webhook` and restart the kubelet.',
  },
  severity: 'critical',
  setup: true,
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 4.2.2',

  evaluate({ kubelet }) {
    if (kubelet.authorizationMode === undefined) return unknown();
    return kubelet.authorizationMode === 'AlwaysAllow' ? [{ observed: 'AlwaysAllow', threshold: 'Webhook' }] : [];
  },
});
