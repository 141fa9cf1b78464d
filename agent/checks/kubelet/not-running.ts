import { defineCheck, unknown } from '../check.ts';

export const notRunning = defineCheck({
  id: 'kubelet-not-running',
  area: 'kubelet',
  title: { zh: 'kubelet 未运行', en: 'Kubelet that does not run' },
  why: { zh: 'kubelet 停止后，节点数十秒内被判失联，上面的 Pod 被迁走。', en: 'Without its kubelet the node counts as lost within a minute, and its pods are moved.' },
  remedy: {
    zh: '执行 `systemctl status kubelet` 与 `journalctl -u kubelet -n 100` 查明原因；修正后执行 `systemctl start kubelet` 并确认节点恢复 Ready。',
    en: 'Find out why with `systemctl status kubelet` and `journalctl -u kubelet -n 100`; once mended, `systemctl start kubelet` and see the node become Ready.',
  },
  severity: 'critical',
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'node-problem-detector health checker, kubeeye and TKE inspection',

  evaluate({ kubelet }) {
    if (kubelet.running === undefined) return unknown('not-visible');
    return kubelet.running ? [] : [{ observed: false, threshold: true }];
  },
});
