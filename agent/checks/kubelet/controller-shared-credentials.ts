import { defineCheck } from '../check.ts';

export const controllerSharedCredentials = defineCheck({
  id: 'kubelet-controller-shared-credentials',
  area: 'kubelet',
  title: { zh: '各控制器共用同一身份', en: 'Controllers that share one identity' },
  why: {
    zh: '所有控制器都拥有全部权限，任何一个出问题都能影响整个集群，审计也分不清是谁。',
    en: 'Each controller has the rights of all: trouble in one reaches everything, and the audit cannot tell them apart.',
  },
  remedy: {
    zh: '执行 `grep -- --use-service-account-credentials /etc/kubernetes/manifests/kube-controller-manager.yaml` 确认；设为 `true`，使每个控制器只有自己需要的权限。',
    en: 'Check `grep -- --use-service-account-credentials /etc/kubernetes/manifests/kube-controller-manager.yaml`; set it to `true`, so that each controller has only the rights it needs.',
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
