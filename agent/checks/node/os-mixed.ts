import { defineCheck, unknown } from '../check.ts';
import { mostVariants } from '../node-rows.ts';

export const osMixed = defineCheck({
  id: 'node-os-mixed',
  area: 'node',
  title: { zh: '节点的操作系统不一致', en: 'Inconsistent operating systems across nodes' },
  why: {
    zh: '补丁、配置和排查方法各不相同，维护成本高，容易遗漏某一种。',
    en: 'Patches, settings and troubleshooting differ: maintenance costs more, and one system is easily overlooked.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes -o wide` 比较操作系统版本；按节点池统一操作系统与补丁级别。',
    en: 'Run `kubectl get nodes -o wide` to compare operating system versions; use the same operating system and patch level within each node pool.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { maximumCount: 1 },
  source: 'practice: one operating system a pool; architectures are compared apart',

  evaluate({ nodes }, { maximumCount }) {
    const variants = mostVariants(nodes.rows, ({ os, osVersion }) => `${os} ${osVersion ?? ''}`);
    if (variants === 0) return unknown('not-reported');
    return variants > maximumCount ? [{ observed: variants, threshold: maximumCount }] : [];
  },
});
