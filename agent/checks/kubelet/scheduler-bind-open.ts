import { defineCheck } from '../check.ts';

export const schedulerBindOpen = defineCheck({
  id: 'kubelet-scheduler-bind-open',
  area: 'kubelet',
  title: { zh: 'scheduler 监听全部地址', en: 'Scheduler listening on all addresses' },
  why: { zh: '同网络的任何人都能访问它的指标与接口，多一个攻击面。', en: 'Anyone on the same network can access its metrics and interfaces, which adds to the attack surface.' },
  remedy: {
    zh: '执行 `grep -- --bind-address /etc/kubernetes/manifests/kube-scheduler.yaml` 确认；无需跨节点采集指标时设为 `--bind-address=127.0.0.1`，需要采集的用防火墙限制来源。',
    en: 'Run `grep -- --bind-address /etc/kubernetes/manifests/kube-scheduler.yaml` to confirm; set `--bind-address=127.0.0.1` unless metrics are scraped from other nodes; if they are, restrict the sources with a firewall.',
  },
  severity: 'info',
  reads: ['schedulerFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.4.2',

  evaluate({ schedulerFlags }) {
    return schedulerFlags.bindsLoopback ? [] : [{ observed: false, threshold: true }];
  },
});
