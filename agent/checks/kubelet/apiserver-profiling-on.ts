import { defineCheck } from '../check.ts';

export const apiserverProfilingOn = defineCheck({
  id: 'kubelet-apiserver-profiling-on',
  area: 'kubelet',
  title: { zh: 'API Server 开启了性能剖析接口', en: 'API server that serves profiling' },
  why: { zh: '剖析接口泄露内部信息，被滥用时会拖慢 API Server。', en: 'The interface tells internals, and abused it slows the API server down.' },
  remedy: {
    zh: '执行 `grep -- --profiling /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--profiling=false`，需要排障时再临时打开。',
    en: 'Check `grep -- --profiling /etc/kubernetes/manifests/kube-apiserver.yaml`; set `--profiling=false` and open it for debugging only.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.15',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.profiling ? [{ observed: true, threshold: false }] : [];
  },
});
