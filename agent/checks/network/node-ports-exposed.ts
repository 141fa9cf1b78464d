import { defineCheck } from '../check.ts';

export const nodePortsExposed = defineCheck({
  id: 'network-node-ports-exposed',
  area: 'network',
  title: { zh: '命名空间中有以节点端口对外暴露的服务', en: 'Namespace with Services exposed on node ports' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get services | grep NodePort` 核对清单；不需要从集群外访问的改为 ClusterIP，HTTP 服务改走 Ingress 或 Gateway。',
    en: 'Run `kubectl -n <namespace> get services | grep NodePort` and go through the list; make what need not be reached from outside ClusterIP, and put HTTP behind an Ingress or Gateway.',
  },
  severity: 'info',
  reads: ['services'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'popeye POP-1104 (NodePort in use), summed by tenant namespace',

  evaluate({ services }, { atLeastCount }) {
    return services.namespaces
      .filter(({ nodePort }) => nodePort >= atLeastCount)
      .map(({ namespace, nodePort }) => ({ scope: { kind: 'Namespace', name: namespace }, observed: nodePort }));
  },
});
