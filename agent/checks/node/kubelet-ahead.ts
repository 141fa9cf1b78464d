import { defineCheck, unknown } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const kubeletAhead = defineCheck({
  id: 'node-kubelet-ahead',
  area: 'node',
  title: { zh: 'kubelet 版本高于 API 服务器', en: 'Kubelets newer than the API server' },
  why: {
    zh: 'kubelet 比 API Server 新不受支持：节点上报的字段可能被丢弃，Pod 状态不可信。',
    en: 'A kubelet newer than the API server is not supported: fields reported by the node may be dropped, and pod status cannot be trusted.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes` 与 `kubectl version` 比较版本；先升级控制面，kubelet 的版本不得高于 API 服务器。',
    en: 'Run `kubectl get nodes` and `kubectl version` to compare versions; upgrade the control plane first, because the kubelet must never be newer than the API server.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes', 'apiServer'],
  unit: 'value',
  threshold: { aheadMinors: 0 },
  source: 'Kubernetes version skew policy: kubelet must not be newer than kube-apiserver',

  evaluate({ nodes, apiServer }, { aheadMinors }) {
    const known = nodes.rows.filter(({ kubeletMinor }) => kubeletMinor !== undefined);
    if (known.length === 0) return unknown('not-reported');
    const ahead = known.filter(({ kubeletMinor = 0 }) => kubeletMinor - apiServer.minor > aheadMinors);
    return ahead.map(({ name, kubelet }) => ({ scope: nodeScope(name), observed: kubelet, threshold: apiServer.version }));
  },
});
