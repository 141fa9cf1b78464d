import { defineCheck } from '../check.ts';
import { flaggedPods } from '../components.ts';

export const staticPodChanged = defineCheck({
  id: 'kubelet-static-pod-changed',
  area: 'kubelet',
  title: { zh: '静态 Pod 清单近期有改动', en: 'Recent changes to static pod manifests' },
  why: {
    zh: '控制面组件被改动并重启过；若不在变更计划内，可能是误操作或入侵。',
    en: 'Control-plane components were changed and restarted; if this was not planned, it may be a mistake or an intrusion.',
  },
  remedy: {
    zh: '执行 `ls -l --time-style=long-iso /etc/kubernetes/manifests` 查看；与变更记录核对，并确认各管理节点的改动一致。',
    en: 'Check with `ls -l --time-style=long-iso /etc/kubernetes/manifests`; compare with the change records and make sure that the changes are consistent on all control-plane nodes.',
  },
  severity: 'info',
  reads: ['staticPods'],
  unit: 'minutes',
  threshold: { withinHours: 24 },
  source: 'kubeeye file baseline rule; practice: a change within a day of trouble is the first suspect',

  evaluate({ staticPods }, { withinHours }, context) {
    const { now } = context;
    return flaggedPods(
      staticPods.pods,
      ({ changedAt }) => (changedAt <= now && now - changedAt < withinHours * 3_600 ? { observed: Math.floor((now - changedAt) / 60) } : undefined),
      context,
    );
  },
});
