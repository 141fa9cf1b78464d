import { defineCheck, unknown } from '../check.ts';
import { mostVariants } from '../node-rows.ts';

export const kernelMixed = defineCheck({
  id: 'node-kernel-mixed',
  area: 'node',
  title: { zh: '节点的内核版本不一致', en: 'Inconsistent kernel versions across nodes' },
  why: {
    zh: '同一个 Pod 在不同节点上表现不一，故障只在部分节点出现，难以定位。',
    en: 'The same pod behaves differently from node to node, and faults that occur only on some nodes are hard to locate.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -o wide` 比较内核版本；在同一批节点上统一内核，便于排障与打补丁。',
    en: 'Run `kubectl get nodes -o wide` to compare kernel versions; use the same kernel on all nodes of a pool, to simplify troubleshooting and patching.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { maximumCount: 1 },
  source: 'practice: one kernel a pool; architectures are compared apart',

  evaluate({ nodes }, { maximumCount }) {
    const variants = mostVariants(nodes.rows, ({ kernel }) => kernel);
    if (variants === 0) return unknown('not-reported');
    return variants > maximumCount ? [{ observed: variants, threshold: maximumCount }] : [];
  },
});
