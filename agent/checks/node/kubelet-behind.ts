import { defineCheck, unknown } from '../check.ts';
import { nodeScope } from '../node-rows.ts';

export const kubeletBehind = defineCheck({
  id: 'node-kubelet-behind',
  area: 'node',
  title: { zh: 'kubelet 版本落后于 API 服务器过多', en: 'Kubelets too far behind the API server' },
  why: {
    zh: '超出版本偏差后，节点可能无法运行新建的 Pod，集群也不能继续升级。',
    en: 'Beyond the supported version skew, the node may be unable to run new pods, and the cluster cannot be upgraded further.',
  },
  remedy: {
    zh: '执行 `kubectl get nodes` 比较版本；先升级落后的节点，再升级控制面，超出版本偏差的组合没有测试过。',
    en: 'Run `kubectl get nodes` to compare versions; upgrade the outdated nodes before the control plane, because combinations beyond the version skew are untested.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes', 'apiServer'],
  unit: 'value',
  threshold: { behindMinors: 3, behindBefore28Minors: 2 },
  source: 'Kubernetes version skew policy: kubelet up to three minors older (two before 1.28); kubernetes-mixin KubeVersionMismatch',

  evaluate({ nodes, apiServer }, { behindMinors, behindBefore28Minors }) {
    const most = apiServer.minor >= 28 ? behindMinors : behindBefore28Minors;
    const known = nodes.rows.filter(({ kubeletMinor }) => kubeletMinor !== undefined);
    const behind = known.filter(({ kubeletMinor = 0 }) => apiServer.minor - kubeletMinor > most);
    if (behind.length === 0 && known.length < nodes.rows.length) return unknown('not-reported');
    return behind.map(({ name, kubelet }) => ({ scope: nodeScope(name), observed: kubelet, threshold: `1.${apiServer.minor - most}` }));
  },
});
