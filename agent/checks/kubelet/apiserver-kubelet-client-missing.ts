import { defineCheck } from '../check.ts';

export const apiserverKubeletClientMissing = defineCheck({
  id: 'kubelet-apiserver-kubelet-client-missing',
  area: 'kubelet',
  title: { zh: 'API Server 访问 kubelet 时不出示证书', en: 'API server that shows kubelets no certificate' },
  why: { zh: 'kubelet 要么拒绝它（日志和 exec 不可用），要么对所有人开放。', en: 'Kubelets either refuse it, so that logs and exec fail, or they are open to everybody.' },
  remedy: {
    zh: '执行 `grep -- --kubelet-client /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--kubelet-client-certificate` 与 `--kubelet-client-key`，使 kubelet 能拒绝其他请求者。',
    en: 'Check `grep -- --kubelet-client /etc/kubernetes/manifests/kube-apiserver.yaml`; set `--kubelet-client-certificate` and `--kubelet-client-key`, so that kubelets can refuse all others.',
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
