import { defineCheck, unknown } from '../check.ts';

export const leaderElectionOff = defineCheck({
  id: 'kubelet-leader-election-off',
  area: 'kubelet',
  title: { zh: '控制面组件未启用选主', en: 'Leader election disabled on control-plane components' },
  why: { zh: '多个副本会同时工作、互相覆盖，重复创建或删除资源。', en: "Several replicas act at once and overwrite each other's work: resources are created or deleted twice." },
  remedy: {
    zh: '执行 `grep -- --leader-elect /etc/kubernetes/manifests/kube-*.yaml` 确认；设为 `true`，多个管理节点上的副本同时工作会互相冲突。',
    en: 'Run `grep -- --leader-elect /etc/kubernetes/manifests/kube-*.yaml` to confirm; set it to `true`: replicas running on several control-plane nodes at once conflict with each other.',
  },
  severity: 'warning',
  reads: ['controllerManagerFlags', 'schedulerFlags'],
  unit: 'value',
  threshold: {},
  source: 'kube-controller-manager and kube-scheduler reference: leader-elect defaults to true for high availability',

  evaluate({ controllerManagerFlags, schedulerFlags }) {
    if (!controllerManagerFlags.leaderElect || schedulerFlags.leaderElect === false) return [{ observed: false, threshold: true }];
    return schedulerFlags.leaderElect === undefined ? unknown() : [];
  },
});
