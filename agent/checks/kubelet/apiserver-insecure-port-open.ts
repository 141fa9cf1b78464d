import { defineCheck } from '../check.ts';

export const apiserverInsecurePortOpen = defineCheck({
  id: 'kubelet-apiserver-insecure-port-open',
  area: 'kubelet',
  title: { zh: 'API Server 开启了非加密端口', en: 'Unencrypted API server port open' },
  why: { zh: '该端口不要求任何凭据：能连到它的人就是集群管理员。', en: 'The port requires no credentials: anyone who can reach it is a cluster administrator.' },
  remedy: {
    zh: '执行 `grep -- --insecure-port /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--insecure-port=0`；经该端口的请求不做认证与授权。',
    en: 'Run `grep -- --insecure-port /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; set `--insecure-port=0`: requests through this port are neither authenticated nor authorized.',
  },
  severity: 'critical',
  setup: true,
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.5 rule 1.2.19; the flag was removed with 1.24',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.insecurePort === 0 ? [] : [{ observed: apiserverFlags.insecurePort, threshold: 0 }];
  },
});
