import { defineCheck, unknown } from '../check.ts';

export const schedulerProfilingOn = defineCheck({
  id: 'kubelet-scheduler-profiling-on',
  area: 'kubelet',
  title: { zh: 'scheduler 开启了性能剖析接口', en: 'Scheduler that serves profiling' },
  why: { zh: '剖析接口泄露内部信息，并可能被用来拖慢调度。', en: 'The interface tells internals and may be used to slow scheduling down.' },
  remedy: {
    zh: '执行 `grep -- --profiling /etc/kubernetes/manifests/kube-scheduler.yaml` 确认；设置 `--profiling=false`，需要排障时再临时打开。',
    en: 'Check `grep -- --profiling /etc/kubernetes/manifests/kube-scheduler.yaml`; set `--profiling=false` and open it for debugging only.',
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
