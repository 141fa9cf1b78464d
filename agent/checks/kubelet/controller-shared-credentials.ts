import { defineCheck } from '../check.ts';

export const controllerSharedCredentials = defineCheck({
  id: 'kubelet-controller-shared-credentials',
  area: 'kubelet',
  title: { zh: '各控制器共用同一身份', en: 'Single identity shared by all controllers' },
  why: {
    zh: '所有控制器都拥有全部权限，任何一个出问题都能影响整个集群，审计也分不清是谁。',
    en: 'Every controller has all permissions: a fault in any of them can affect the whole cluster, and the audit log cannot tell them apart.',
  },
  remedy: {
    zh: '执行 `grep -- --use-service-account-credentials /etc/kubernetes/manifests/kube-controller-manager.yaml` 确认；设为 `true`，使每个控制器只有自己需要的权限。',
    en: 'Run `grep -- --use-service-account-credentials /etc/kubernetes/manifests/kube-controller-manager.yaml` to confirm; set it to `true`, so that each controller has only the permissions it needs.',
  },
  severity: 'warning',
  setup: true,
  reads: ['controllerManagerFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.3.3',

  evaluate({ controllerManagerFlags }) {
    return controllerManagerFlags.serviceAccountCredentials ? [] : [{ observed: false, threshold: true }];
  },
});
