import { defineCheck } from '../check.ts';

export const apiserverInflightLow = defineCheck({
  id: 'kubelet-apiserver-inflight-low',
  area: 'kubelet',
  title: { zh: 'API Server 并发上限低于默认值', en: 'API server request limit below the default' },
  why: {
    zh: '并发稍高请求就被拒绝（429），控制器和发布会变慢或失败。',
    en: 'Even moderate concurrency causes requests to be rejected (429), and controllers and deployments slow down or fail.',
  },
  remedy: {
    zh: '执行 `grep -- requests-inflight /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；恢复默认值，或按节点与 Pod 数量调大，过低会在高峰期拒绝正常请求。',
    en: 'Run `grep -- requests-inflight /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; restore the defaults or raise the limits to suit the number of nodes and pods: a low limit rejects legitimate requests at peak times.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'count',
  threshold: { lowestCount: 400, lowestMutatingCount: 200 },
  source: 'kube-apiserver reference (defaults 400 and 200), TKE inspection',

  evaluate({ apiserverFlags }, { lowestCount, lowestMutatingCount }) {
    const { maxRequestsInflight, maxMutatingRequestsInflight } = apiserverFlags;
    if (maxRequestsInflight < lowestCount) return [{ observed: maxRequestsInflight, threshold: lowestCount }];
    return maxMutatingRequestsInflight < lowestMutatingCount ? [{ observed: maxMutatingRequestsInflight, threshold: lowestMutatingCount }] : [];
  },
});
