import { defineCheck } from '../check.ts';

export const naked = defineCheck({
  id: 'pod-naked',
  area: 'pod',
  title: { zh: 'Pod 没有控制器', en: 'Pods without a controller' },
  why: {
    zh: '没有控制器的 Pod 在节点故障后不会重建：它提供的服务就此消失。',
    en: 'A pod without a controller is not recreated when its node fails: the service it provides is gone.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pod <Pod> -o wide` 确认用途；节点故障后它不会在别处重建，请改由 Deployment、StatefulSet 或 Job 管理，临时 Pod 用完即删。',
    en: 'Run `kubectl -n <namespace> get pod <pod> -o wide` to find out what it is for; it will not be recreated elsewhere if its node fails, so manage it with a Deployment, StatefulSet or Job, and delete temporary pods after use.',
  },
  severity: 'warning',
  setup: true,
  reads: ['pods'],
  unit: 'seconds',
  threshold: { olderThanSeconds: 3_600 },
  source: 'popeye 208, k8sgpt; one hour, so that a debug session is no finding',

  evaluate({ pods }, { olderThanSeconds }, { now }) {
    const old = pods.naked.filter(({ system, createdAt }) => !system && now - createdAt >= olderThanSeconds);
    return old.map(({ namespace, name, createdAt }) => ({ scope: { kind: 'Pod', namespace, name }, observed: now - createdAt, threshold: olderThanSeconds }));
  },
});
