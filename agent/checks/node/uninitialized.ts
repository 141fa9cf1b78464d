import { defineCheck } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const uninitialized = defineCheck({
  id: 'node-uninitialized',
  area: 'node',
  title: { zh: '云控制器未完成初始化的节点', en: 'Nodes not initialised by the cloud controller' },
  why: {
    zh: '云控制器未完成初始化的节点带有污点，Pod 不会调度上去：买来的容量用不上。',
    en: 'A node that the cloud controller has not initialised keeps its taint, so pods are not scheduled on it and paid capacity goes unused.',
  },
  remedy: {
    zh: '执行 `kubectl -n kube-system get pod | grep cloud-controller` 检查云控制器；它恢复后会移除 node.cloudprovider.kubernetes.io/uninitialized 污点，在此之前普通 Pod 无法调度到该节点。',
    en: 'Run `kubectl -n kube-system get pod | grep cloud-controller` to check the cloud controller; once it recovers, it removes the taint node.cloudprovider.kubernetes.io/uninitialized, which until then keeps ordinary pods off the node.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 15 },
  source: 'practice: a cloud controller needs seconds; Kubernetes docs, cloud controller administration',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    return inStateFor(nodes.rows, afterMinutes, now, (row) => (row.uninitialized ? row.createdAt : undefined));
  },
});
