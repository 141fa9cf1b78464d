import { defineCheck } from '../check.ts';

export const apiserverKubeletClientMissing = defineCheck({
  id: 'kubelet-apiserver-kubelet-client-missing',
  area: 'kubelet',
  title: { zh: 'API Server 访问 kubelet 时不出示证书', en: 'No client certificate from API server to kubelets' },
  why: { zh: 'kubelet 要么拒绝它（日志和 exec 不可用），要么对所有人开放。', en: 'Kubelets either reject the API server, so that logs and exec fail, or are open to everyone.' },
  remedy: {
    zh: '执行 `grep -- --kubelet-client /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--kubelet-client-certificate` 与 `--kubelet-client-key`，使 kubelet 能拒绝其他请求者。',
    en: 'Run `grep -- --kubelet-client /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; set `--kubelet-client-certificate` and `--kubelet-client-key`, so that kubelets can reject all other clients.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.4',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.kubeletClientCertSet ? [] : [{ observed: false, threshold: true }];
  },
});
