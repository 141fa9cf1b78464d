import { defineCheck, unknown } from '../check.ts';
import { mostVariants } from '../node-rows.ts';

export const runtimeMixed = defineCheck({
  id: 'node-runtime-mixed',
  area: 'node',
  title: { zh: '节点的容器运行时不一致', en: 'Inconsistent container runtimes across nodes' },
  why: {
    zh: '同一镜像与配置在不同节点上行为不同，排查要分两套方法。',
    en: 'The same image and configuration behave differently from node to node, and troubleshooting takes two approaches.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -o wide` 比较容器运行时及版本；分批统一到同一运行时与版本。',
    en: 'Run `kubectl get nodes -o wide` to compare container runtimes and versions; standardise on one runtime and version in batches.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { maximumCount: 1 },
  source: 'practice: one runtime a pool; architectures are compared apart',

  evaluate({ nodes }, { maximumCount }) {
    const variants = mostVariants(nodes.rows, ({ runtime, runtimeVersion }) => `${runtime} ${runtimeVersion ?? ''}`);
    if (variants === 0) return unknown('not-reported');
    return variants > maximumCount ? [{ observed: variants, threshold: maximumCount }] : [];
  },
});
