import { defineCheck } from '../check.ts';

export const schedulerBindOpen = defineCheck({
  id: 'kubelet-scheduler-bind-open',
  area: 'kubelet',
  title: { zh: 'scheduler 监听全部地址', en: 'Scheduler that listens on all addresses' },
  why: { zh: '同网络的任何人都能访问它的指标与接口，多一个攻击面。', en: 'Anybody on the network reaches its metrics and interfaces, one more thing to attack.' },
  remedy: {
    zh: '执行 `grep -- --bind-address /etc/kubernetes/manifests/kube-scheduler.yaml` 确认；无需跨节点采集指标时设为 `--bind-address=127.0.0.1`，需要采集的用防火墙限制来源。',
    en: 'Check `grep -- --bind-address /etc/kubernetes/manifests/kube-scheduler.yaml`; set `--bind-address=127.0.0.1` unless metrics are scraped from other nodes; then limit the sources with a firewall.',
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
