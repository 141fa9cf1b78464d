import { defineCheck } from '../check.ts';

export const podsUncreatable = defineCheck({
  id: 'workload-pods-uncreatable',
  area: 'workload',
  title: { zh: '无法创建 Pod', en: 'Pods cannot be created' },
  why: {
    zh: '控制器创建不了 Pod（配额、准入或引用有误）：扩容与自愈都不生效。',
    en: 'The controller cannot create pods (quota, admission or an invalid reference): neither scaling nor self-healing works.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe replicaset` 查看拒绝的原因；按原因调整配额、LimitRange、Pod 安全级别、服务账号或准入 Webhook。',
    en: 'Run `kubectl -n <namespace> describe replicaset` to see why they are rejected; adjust the quota, LimitRange, Pod Security level, service account or admission webhook accordingly.',
  },
  severity: 'warning',
  reads: ['replicaSets'],
  unit: 'value',
  threshold: { minimumSeconds: 600 },
  source: 'k8sgpt ReplicaSet FailedCreate; 10 min by practice',

  evaluate({ replicaSets }, { minimumSeconds }, { now }) {
    return replicaSets.failing
      .filter(({ since }) => since === undefined || now - since >= minimumSeconds)
      .map(({ kind, namespace, name, reason }) => ({ scope: { kind, namespace, name }, observed: reason }));
  },
});
