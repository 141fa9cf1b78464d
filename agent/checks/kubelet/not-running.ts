import { defineCheck, unknown } from '../check.ts';

export const notRunning = defineCheck({
  id: 'kubelet-not-running',
  area: 'kubelet',
  title: { zh: 'kubelet 未运行', en: 'Kubelet not running' },
  why: {
    zh: 'kubelet 停止后，节点数十秒内被判失联，上面的 Pod 被迁走。',
    en: 'Without its kubelet, the node is considered lost within a minute and its pods are moved elsewhere.',
  },
  remedy: {
    zh: '执行 `systemctl status kubelet` 与 `journalctl -u kubelet -n 100` 查明原因；修正后执行 `systemctl start kubelet` 并确认节点恢复 Ready。',
    en: 'Run `systemctl status kubelet` and `journalctl -u kubelet -n 100` to find the cause; once it is fixed, run `systemctl start kubelet` and confirm that the node returns to Ready.',
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
