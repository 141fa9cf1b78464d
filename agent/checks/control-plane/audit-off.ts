import { defineCheck, unknown } from '../check.ts';

export const auditOff = defineCheck({
  id: 'control-plane-audit-off',
  area: 'control-plane',
  title: { zh: 'API 服务器没有审计日志', en: 'API server without an audit log' },
  why: {
    zh: '没有审计日志，误操作或入侵之后查不出谁在何时改了什么，等保也不通过。',
    en: 'After a mistake or intrusion, nobody can tell who changed what and when, and classified protection assessments fail.',
  },
  remedy: {
    zh: '在管理节点上执行 `grep audit /etc/kubernetes/manifests/kube-apiserver.yaml` 核对；配置 audit-policy-file 与 audit-log-path，否则无法追溯谁做了什么。',
    en: 'Run `grep audit /etc/kubernetes/manifests/kube-apiserver.yaml` on a control-plane node to confirm; configure audit-policy-file and audit-log-path, otherwise actions cannot be traced.',
  },
  severity: 'warning',
  setup: true,
  reads: ['apiMetrics'],
  unit: 'count',
  threshold: { minimumCount: 1_000 },
  source: 'kube-bench and CIS Kubernetes Benchmark 1.2.16, 3.2.1',

  evaluate({ apiMetrics }, { minimumCount }) {
    const { auditEvents, requests } = apiMetrics;
    if (auditEvents === undefined || requests === undefined || requests < minimumCount) return unknown('not-reported');
    return auditEvents === 0 ? [{ observed: 0 }] : [];
  },
});
