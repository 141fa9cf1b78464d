import { defineCheck } from '../check.ts';
import { frequentEvents } from '../warning-events.ts';

export const warningEventsSandbox = defineCheck({
  id: 'addon-warning-events-sandbox',
  area: 'addon',
  title: { zh: 'Pod 沙箱创建失败', en: 'Failed pod sandbox creation' },
  why: { zh: 'Pod 起不来，多半是节点的网络插件或运行时出了问题。', en: "Pods cannot start; most likely the node's network plugin or container runtime is at fault." },
  remedy: {
    zh: '执行 `kubectl get events -A --field-selector reason=FailedCreatePodSandBox --sort-by=.lastTimestamp`；多为网络插件、地址耗尽或容器运行时的问题，从所在节点的这些组件查起。',
    en: 'Run `kubectl get events -A --field-selector reason=FailedCreatePodSandBox --sort-by=.lastTimestamp`; the cause is usually the network plugin, address exhaustion or the container runtime: start with these components on the node.',
  },
  severity: 'warning',
  reads: ['events'],
  unit: 'count',
  threshold: { warningPerHour: 10 },
  source: 'KubeEye ExceptionEvents; practice: 10 an hour, fewer than of other events: it blocks every new pod of the node',

  evaluate({ events }, limits) {
    return frequentEvents(events, ['FailedCreatePodSandBox', 'FailedPodSandBoxStatus', 'NetworkNotReady', 'FailedKillPod'], limits);
  },
});
