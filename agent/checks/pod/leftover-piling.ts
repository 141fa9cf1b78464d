import { defineCheck } from '../check.ts';

export const leftoverPiling = defineCheck({
  id: 'pod-leftover-piling',
  area: 'pod',
  title: { zh: '被驱逐的 Pod 未清理', en: 'Evicted pods not cleaned up' },
  why: { zh: '遗留对象掩盖真正的问题，也占用 etcd 与列表。', en: 'They obscure real problems and take up space in etcd and list output.' },
  remedy: {
    zh: '执行 `kubectl get pods -A --field-selector=status.phase=Failed` 查看；先排查驱逐原因（节点内存、磁盘压力），再删除这些记录。',
    en: 'Run `kubectl get pods -A --field-selector=status.phase=Failed` to list them; first find out why they were evicted (memory or disk pressure on the nodes), then delete the records.',
  },
  severity: 'info',
  reads: ['pods'],
  unit: 'count',
  threshold: { leftoverCount: 10 },
  source: 'KubeEye and k8sgpt report evicted pods; more than 10 by practice: a few are history, many are a pattern',

  evaluate({ pods }, { leftoverCount }) {
    return pods.leftover > leftoverCount ? [{ observed: pods.leftover, threshold: leftoverCount }] : [];
  },
});
