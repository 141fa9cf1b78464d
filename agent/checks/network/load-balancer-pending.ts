import { isYoung } from '../age.ts';
import { defineCheck } from '../check.ts';

export const loadBalancerPending = defineCheck({
  id: 'network-load-balancer-pending',
  area: 'network',
  title: { zh: '负载均衡服务没有分到地址', en: 'LoadBalancer Services without an address' },
  why: { zh: '外部用户无法访问该服务。', en: 'External users cannot reach the service.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe service <服务>` 查看事件；检查负载均衡控制器（MetalLB 或云厂商控制器）是否运行、地址池是否还有空闲地址。',
    en: "Run `kubectl -n <namespace> describe service <service>` to see its events; check that the load balancer controller (MetalLB or the cloud provider's) is running and that the pool has free addresses.",
  },
  severity: 'warning',
  reads: ['services'],
  unit: 'minutes',
  threshold: { pendingMinutes: 10 },
  source: 'popeye POP-1400, k8sgpt; practice: 10 min, clouds and MetalLB need less',

  evaluate({ services }, { pendingMinutes }, { now }) {
    return services.rows
      .filter((row) => row.addressPending && !isYoung(row, pendingMinutes, now))
      .map(({ namespace, name, createdAt }) => ({ scope: { kind: 'Service', namespace, name }, observed: Math.floor((now - createdAt) / 60), threshold: pendingMinutes }));
  },
});
