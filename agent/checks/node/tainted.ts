import { defineCheck } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const tainted = defineCheck({
  id: 'node-tainted',
  area: 'node',
  title: { zh: '带有自定义污点的节点', en: 'Nodes with custom taints' },
  why: { zh: '没有相应容忍的 Pod 不会调度上来，这部分容量可能被忘记。', en: 'Pods without a matching toleration are not scheduled there, and this capacity may be forgotten.' },
  remedy: {
    zh: '执行 `kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints` 核对污点是否仍有对应的容忍；去掉遗留的污点：`kubectl taint nodes <节点> <键>-`。',
    en: 'Run `kubectl get nodes -o custom-columns=NAME:.metadata.name,TAINTS:.spec.taints` to check whether the taints still have matching tolerations; remove leftover taints with `kubectl taint nodes <node> <key>-`.',
  },
  severity: 'info',
  setup: true,
  reads: ['nodes'],
  unit: 'count',
  threshold: { minimumCount: 1 },
  source: 'popeye POP-700',

  evaluate({ nodes }, { minimumCount }) {
    return nodes.rows.filter(({ taints }) => taints >= minimumCount).map(({ name, taints }) => ({ scope: nodeScope(name), observed: taints }));
  },
});
