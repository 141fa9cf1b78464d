import { defineCheck, unknown } from '../check.ts';

export const evictionUnset = defineCheck({
  id: 'kubelet-eviction-unset',
  area: 'kubelet',
  title: { zh: '未按节点规格设置硬驱逐阈值', en: 'Hard eviction thresholds not adapted to the node' },
  why: {
    zh: '默认的固定阈值在大内存节点上太小，来不及驱逐就已触发系统 OOM。',
    en: 'On nodes with a lot of memory the fixed defaults are too small: the system OOM killer acts before any pod is evicted.',
  },
  remedy: {
    zh: '执行 `grep -A6 evictionHard /var/lib/kubelet/config.yaml` 确认；默认的内存阈值对大内存节点偏小，应按节点规格设置并同时写全各信号。',
    en: 'Run `grep -A6 evictionHard /var/lib/kubelet/config.yaml` to confirm; the default memory threshold is too small for large-memory nodes: set it according to the node size, and specify every signal.',
  },
  severity: 'info',
  reads: ['kubelet'],
  unit: 'value',
  threshold: {},
  source: 'practice: the default of 100 MiB is often used up before the kubelet looks again, and the kernel kills first',

  evaluate({ kubelet }) {
    if (kubelet.evictionHardSet === undefined) return unknown();
    return kubelet.evictionHardSet ? [] : [{ observed: false, threshold: true }];
  },
});
