import { defineCheck, unknown } from '../check.ts';

export const restartPending = defineCheck({
  id: 'kubelet-restart-pending',
  area: 'kubelet',
  title: { zh: 'kubelet 配置已改但未重启', en: 'Kubelet not restarted after a configuration change' },
  why: {
    zh: '文件中的设置没有生效，下次重启时会突然改变节点的行为。',
    en: "The settings in the file are not in effect, and the next restart will change the node's behaviour unexpectedly.",
  },
  remedy: {
    zh: '执行 `systemctl show kubelet -p ActiveEnterTimestamp` 与 `ls -l --time-style=long-iso /var/lib/kubelet/config.yaml` 对照；确认改动无误后重启 kubelet 使其生效，或改回原值。',
    en: 'Compare `systemctl show kubelet -p ActiveEnterTimestamp` with `ls -l --time-style=long-iso /var/lib/kubelet/config.yaml`; if the change is correct, restart the kubelet to apply it; otherwise, revert it.',
  },
  severity: 'warning',
  setup: true,
  reads: ['kubelet'],
  unit: 'minutes',
  threshold: { graceSeconds: 120 },
  source: 'practice: a change that nobody loaded surprises at the next reboot',

  evaluate({ kubelet }, { graceSeconds }, { now }) {
    if (kubelet.configChangedAt === undefined || kubelet.startedAt === undefined) return unknown();
    const isPending = kubelet.configChangedAt > kubelet.startedAt + graceSeconds && kubelet.configChangedAt <= now;
    return isPending ? [{ observed: Math.floor((now - kubelet.configChangedAt) / 60) }] : [];
  },
});
