import { defineCheck } from '../check.ts';

export const controllerRootCaUnset = defineCheck({
  id: 'kubelet-controller-root-ca-unset',
  area: 'kubelet',
  title: { zh: 'Pod 得不到 API Server 的根证书', en: 'API server root certificate not provided to pods' },
  why: { zh: 'Pod 无法校验 API Server 的身份，依赖它的程序要么失败，要么跳过校验。', en: 'Pods cannot verify the API server; programs that need to do so fail or skip the check.' },
  remedy: {
    zh: '执行 `grep -- --root-ca-file /etc/kubernetes/manifests/kube-controller-manager.yaml` 确认；设置该参数指向集群 CA，使 Pod 能校验 API Server。',
    en: 'Run `grep -- --root-ca-file /etc/kubernetes/manifests/kube-controller-manager.yaml` to confirm; set the flag to the cluster CA, so that pods can verify the API server.',
  },
  severity: 'info',
  reads: ['controllerManagerFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.3.5',

  evaluate({ controllerManagerFlags }) {
    return controllerManagerFlags.rootCaSet ? [] : [{ observed: false, threshold: true }];
  },
});
