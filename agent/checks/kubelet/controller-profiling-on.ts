import { defineCheck } from '../check.ts';

export const controllerProfilingOn = defineCheck({
  id: 'kubelet-controller-profiling-on',
  area: 'kubelet',
  title: { zh: 'controller-manager 开启了性能剖析接口', en: 'Controller manager that serves profiling' },
  why: { zh: '剖析接口泄露内部信息，并可能被用来消耗资源。', en: 'The interface tells internals and may be used to waste resources.' },
  remedy: {
    zh: '执行 `grep -- --profiling /etc/kubernetes/manifests/kube-controller-manager.yaml` 确认；设置 `--profiling=false`，需要排障时再临时打开。',
    en: 'Check `grep -- --profiling /etc/kubernetes/manifests/kube-controller-manager.yaml`; set `--profiling=false` and open it for debugging only.',
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
