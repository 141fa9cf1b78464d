import { defineCheck, unknown } from '../check.ts';

export const apiserverAnonymousAuthOn = defineCheck({
  id: 'kubelet-apiserver-anonymous-auth-on',
  area: 'kubelet',
  title: { zh: 'API Server 允许匿名访问', en: 'Anonymous access allowed on the API server' },
  why: {
    zh: '不带任何身份的请求也会被处理，一旦有过宽的授权或漏洞，谁都能利用。',
    en: 'Requests without any identity are processed; anyone can exploit an overly broad permission or a vulnerability.',
  },
  remedy: {
    zh: '执行 `grep -- --anonymous-auth /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；1.31 起可用认证配置文件只对健康检查路径开放匿名，否则设置 `--anonymous-auth=false` 并相应改写存活探针。',
    en: 'Run `grep -- --anonymous-auth /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; from 1.31 onwards, an authentication configuration file can restrict anonymous access to the health check paths; otherwise set `--anonymous-auth=false` and adapt the liveness probes.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.1',

  evaluate({ apiserverFlags }) {
    if (apiserverFlags.anonymousAuth === undefined) return unknown();
    return apiserverFlags.anonymousAuth ? [{ observed: true, threshold: false }] : [];
  },
});
