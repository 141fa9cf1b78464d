import { defineCheck } from '../check.ts';

export const nodePortsExposed = defineCheck({
  id: 'network-node-ports-exposed',
  area: 'network',
  title: { zh: '命名空间中有以节点端口对外暴露的服务', en: 'Namespace with Services exposed on node ports' },
  why: { zh: '服务在每个节点的地址上开放，绕过入口的认证、TLS 与审计。', en: 'They are open on the address of every node, past the sign-in, TLS and logs of the ingress.' },
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
