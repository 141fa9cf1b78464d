import { defineCheck } from '../check.ts';

export const controllerProfilingOn = defineCheck({
  id: 'kubelet-controller-profiling-on',
  area: 'kubelet',
  title: { zh: 'controller-manager 开启了性能剖析接口', en: 'Profiling enabled on the controller manager' },
  why: { zh: '剖析接口泄露内部信息，并可能被用来消耗资源。', en: 'The interface exposes internal information and may be used to waste resources.' },
  remedy: {
    zh: '执行 `grep -- --profiling /etc/kubernetes/manifests/kube-controller-manager.yaml` 确认；设置 `--profiling=false`，需要排障时再临时打开。',
    en: 'Run `grep -- --profiling /etc/kubernetes/manifests/kube-controller-manager.yaml` to confirm; set `--profiling=false` and enable profiling only temporarily for troubleshooting.',
  },
  severity: 'warning',
  reads: ['controllerManagerFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.3.2',

  evaluate({ controllerManagerFlags }) {
    return controllerManagerFlags.profiling ? [{ observed: true, threshold: false }] : [];
  },
});
