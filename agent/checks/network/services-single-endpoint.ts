import { defineCheck } from '../check.ts';

export const servicesSingleEndpoint = defineCheck({
  id: 'network-services-single-endpoint',
  area: 'network',
  title: { zh: '命名空间中有只剩一个端点的服务', en: 'Namespaces with single-endpoint Services' },
  why: { zh: '这一个 Pod 重启或所在节点故障时，服务就中断。', en: 'If that one pod restarts or its node fails, the service is interrupted.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get endpointslices` 找出只有一个地址的服务；为重要业务增加副本，并分布到不同节点。',
    en: 'Run `kubectl -n <namespace> get endpointslices` to find Services with only one address; add replicas for important services and spread them across nodes.',
  },
  severity: 'info',
  setup: true,
  reads: ['services'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'popeye POP-1109 (single endpoint), summed by tenant namespace to keep the report short',

  evaluate({ services }, { atLeastCount }) {
    return services.namespaces
      .filter(({ singleEndpoint }) => singleEndpoint >= atLeastCount)
      .map(({ namespace, singleEndpoint }) => ({ scope: { kind: 'Namespace', name: namespace }, observed: singleEndpoint }));
  },
});
