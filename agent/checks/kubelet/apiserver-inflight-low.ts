import { defineCheck } from '../check.ts';

export const apiserverInflightLow = defineCheck({
  id: 'kubelet-apiserver-inflight-low',
  area: 'kubelet',
  title: { zh: 'API Server 并发上限低于默认值', en: 'API server with a limit of requests below the default' },
  why: { zh: '并发稍高请求就被拒绝（429），控制器和发布会变慢或失败。', en: 'At moderate load requests are refused (429), and controllers and releases slow down or fail.' },
  remedy: {
    zh: '执行 `grep -- requests-inflight /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；恢复默认值，或按节点与 Pod 数量调大，过低会在高峰期拒绝正常请求。',
    en: 'Check `grep -- requests-inflight /etc/kubernetes/manifests/kube-apiserver.yaml`; go back to the defaults or raise them by the number of nodes and pods: a low limit refuses good requests at peak times.',
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
