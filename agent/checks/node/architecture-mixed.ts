import { defineCheck } from '../check.ts';

export const architectureMixed = defineCheck({
  id: 'node-architecture-mixed',
  area: 'node',
  title: { zh: '集群混用处理器架构', en: 'Mixed processor architectures in the cluster' },
  why: { zh: '只为一种架构构建的镜像被调度到另一种节点上就无法启动。', en: 'An image built for only one architecture cannot start if it is scheduled on a node with another.' },
  remedy: {
    zh: '执行 `kubectl get nodes -L kubernetes.io/arch` 查看架构；确认镜像都是多架构的，或用 nodeSelector 把单架构的工作负载限定在相应节点。',
    en: 'Run `kubectl get nodes -L kubernetes.io/arch` to check the architectures; make sure that all images are multi-architecture, or use nodeSelector to restrict single-architecture workloads to matching nodes.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { maximumCount: 1 },
  source: 'practice: images of one architecture fail on the other',

  evaluate({ nodes }, { maximumCount }) {
    const architectures = new Set(nodes.rows.map(({ architecture }) => architecture));
    return architectures.size > maximumCount ? [{ observed: architectures.size, threshold: maximumCount }] : [];
  },
});
