import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';

export const nodePortRangeNearlyUsed = defineCheck({
  id: 'network-node-port-range-nearly-used',
  area: 'network',
  title: { zh: '节点端口即将用尽', en: 'Node ports nearly exhausted' },
  why: { zh: '用完后新的 NodePort 或负载均衡服务无法创建。', en: 'Once they are exhausted, no new NodePort or LoadBalancer Service can be created.' },
  remedy: {
    zh: '执行 `kubectl get services -A -o jsonpath={..nodePort} | wc -w` 统计占用；回收不用的服务，给负载均衡服务设置 `allocateLoadBalancerNodePorts: false`，必要时扩大 `--service-node-port-range`。',
    en: 'Run `kubectl get services -A -o jsonpath={..nodePort} | wc -w` to count the ports in use; release unused Services, set `allocateLoadBalancerNodePorts: false` on load balancers that allow it, or widen `--service-node-port-range` if necessary.',
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'percent',
  threshold: { rangeCount: 2_768, warningPercent: 80, criticalPercent: 95 },
  source: 'default --service-node-port-range 30000-32767; shares by practice: the allocator refuses new Services when it is full',

  evaluate({ services }, { rangeCount, warningPercent, criticalPercent }) {
    if (services.nodePorts > rangeCount) return notApplicable('not-in-use'); // the range was widened
    return above((services.nodePorts / rangeCount) * 100, { warning: warningPercent, critical: criticalPercent });
  },
});
