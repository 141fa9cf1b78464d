import { defineCheck, notApplicable } from '../check.ts';
import { judgeWorst } from '../components.ts';

export const componentOomUnprotected = defineCheck({
  id: 'kubelet-component-oom-unprotected',
  area: 'kubelet',
  title: { zh: 'kubelet 或运行时可能最先被 OOM 终止', en: 'Kubelet or runtime not protected from the OOM killer' },
  why: { zh: '内存不足时若先杀掉它们，整个节点失联，而不只是一个 Pod。', en: 'If they are killed first when memory runs out, the whole node is lost rather than just one pod.' },
  remedy: {
    zh: '执行 `cat /proc/$(pidof -s <组件>)/oom_score_adj` 确认；用 `systemctl edit` 为服务设置 `OOMScoreAdjust=-999` 并重启。',
    en: 'Run `cat /proc/$(pidof -s <component>)/oom_score_adj` to confirm; set `OOMScoreAdjust=-999` for the service with `systemctl edit` and restart it.',
  },
  severity: 'info',
  setup: true,
  reads: ['componentLimits'],
  unit: 'value',
  threshold: { highestValue: -500, components: ['kubelet', 'containerd', 'dockerd', 'crio'] },
  source: 'kubelet --oom-score-adj (-999), containerd.service (-999), docker.service (-500)',

  evaluate({ componentLimits }, { highestValue, components }, context) {
    const rows = componentLimits.processes.filter(({ component }) => components.includes(component));
    if (rows.length === 0) return notApplicable('not-present'); // a plain host with middleware
    return judgeWorst(
      rows,
      ({ oomScoreAdj }) => oomScoreAdj,
      ({ oomScoreAdj = 0 }) => (oomScoreAdj > highestValue ? [{ observed: oomScoreAdj, threshold: highestValue }] : []),
      context,
    );
  },
});
