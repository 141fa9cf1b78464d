import { defineCheck } from '../check.ts';

export const nodePortsExposed = defineCheck({
  id: 'network-node-ports-exposed',
  area: 'network',
  title: { zh: '命名空间中有以节点端口对外暴露的服务', en: 'Namespaces exposing Services on node ports' },
  why: {
    zh: '服务在每个节点的地址上开放，绕过入口的认证、TLS 与审计。',
    en: "The services are open on every node's address, bypassing the authentication, TLS and auditing of the ingress.",
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get services | grep NodePort` 核对清单；不需要从集群外访问的改为 ClusterIP，HTTP 服务改走 Ingress 或 Gateway。',
    en: 'Run `kubectl -n <namespace> get services | grep NodePort` to review the list; change Services that need no access from outside the cluster to ClusterIP, and route HTTP services through an Ingress or Gateway.',
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
