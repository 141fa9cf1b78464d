import { defineCheck } from '../check.ts';

export const architectureMixed = defineCheck({
  id: 'node-architecture-mixed',
  area: 'node',
  title: { zh: '集群混用处理器架构', en: 'Different processor architectures in one cluster' },
  why: { zh: '只为一种架构构建的镜像被调度到另一种节点上就无法启动。', en: 'An image built for one architecture does not start when it lands on the other.' },
  remedy: {
    zh: '执行 `kubectl get nodes -L kubernetes.io/arch` 查看架构；确认镜像都是多架构的，或用 nodeSelector 把单架构的工作负载限定在相应节点。',
    en: 'Run `kubectl get nodes -L kubernetes.io/arch`; make sure that images are multi-architecture, or keep single-architecture workloads on their nodes by nodeSelector.',
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
