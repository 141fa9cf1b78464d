import { defineCheck } from '../check.ts';

export const apiserverKubeletUnverified = defineCheck({
  id: 'kubelet-apiserver-kubelet-unverified',
  area: 'kubelet',
  title: { zh: 'API Server 不校验 kubelet 的证书', en: 'Kubelet certificates not verified by the API server' },
  why: { zh: '中间人可以冒充 kubelet，截获 exec 会话和日志内容。', en: 'A man-in-the-middle attacker may impersonate a kubelet and intercept exec sessions and logs.' },
  remedy: {
    zh: '执行 `grep -- --kubelet-certificate-authority /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；先让集群签发 kubelet 服务端证书，再设置该参数，防止 exec 与日志流量被冒充。',
    en: 'Run `grep -- --kubelet-certificate-authority /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; have the cluster sign the kubelet server certificates first, then set this flag, so that exec and log traffic cannot be impersonated.',
  },
  severity: 'info',
  setup: true,
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.5',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.kubeletCaSet ? [] : [{ observed: false, threshold: true }];
  },
});
