import { defineCheck, unknown } from '../check.ts';

export const schedulerProfilingOn = defineCheck({
  id: 'kubelet-scheduler-profiling-on',
  area: 'kubelet',
  title: { zh: 'scheduler 开启了性能剖析接口', en: 'Profiling enabled on the scheduler' },
  why: { zh: '剖析接口泄露内部信息，并可能被用来拖慢调度。', en: 'The interface exposes internal information and may be used to slow down scheduling.' },
  remedy: {
    zh: '执行 `grep -- --profiling /etc/kubernetes/manifests/kube-scheduler.yaml` 确认；设置 `--profiling=false`，需要排障时再临时打开。',
    en: 'Run `grep -- --profiling /etc/kubernetes/manifests/kube-scheduler.yaml` to confirm; set `--profiling=false` and enable profiling only temporarily for troubleshooting.',
  },
  severity: 'warning',
  reads: ['schedulerFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.4.1',

  evaluate({ schedulerFlags }) {
    if (schedulerFlags.profiling === undefined) return unknown();
    return schedulerFlags.profiling ? [{ observed: true, threshold: false }] : [];
  },
});
