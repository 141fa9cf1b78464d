import { defineCheck } from '../check.ts';

export const apiserverKubeletUnverified = defineCheck({
  id: 'kubelet-apiserver-kubelet-unverified',
  area: 'kubelet',
  title: { zh: 'API Server 不校验 kubelet 的证书', en: 'API server that does not verify kubelets' },
  why: { zh: '中间人可以冒充 kubelet，截获 exec 会话和日志内容。', en: 'Somebody in between may pose as a kubelet and read exec sessions and logs.' },
  remedy: {
    zh: '执行 `grep -- --kubelet-certificate-authority /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；先让集群签发 kubelet 服务端证书，再设置该参数，防止 exec 与日志流量被冒充。',
    en: "Check `grep -- --kubelet-certificate-authority /etc/kubernetes/manifests/kube-apiserver.yaml`; let the cluster sign the kubelets' server certificates first, then set it, so that nobody can pose as a kubelet.",
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
