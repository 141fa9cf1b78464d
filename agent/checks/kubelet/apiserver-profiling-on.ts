import { defineCheck } from '../check.ts';

export const apiserverProfilingOn = defineCheck({
  id: 'kubelet-apiserver-profiling-on',
  area: 'kubelet',
  title: { zh: 'API Server 开启了性能剖析接口', en: 'Profiling enabled on the API server' },
  why: { zh: '剖析接口泄露内部信息，被滥用时会拖慢 API Server。', en: 'The interface exposes internal information, and abuse can slow down the API server.' },
  remedy: {
    zh: '执行 `grep -- --profiling /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--profiling=false`，需要排障时再临时打开。',
    en: 'Run `grep -- --profiling /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; set `--profiling=false` and enable profiling only temporarily for troubleshooting.',
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
