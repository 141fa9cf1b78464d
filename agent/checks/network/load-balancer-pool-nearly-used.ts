import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const loadBalancerPoolNearlyUsed = defineCheck({
  id: 'network-load-balancer-pool-nearly-used',
  area: 'network',
  title: { zh: '负载均衡地址池即将用尽', en: 'Load balancer address pool nearly exhausted' },
  why: { zh: '用完后新的对外服务分不到地址，发布会卡住。', en: 'Once it is exhausted, new external services get no address, and releases get stuck.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get ipaddresspools -o yaml` 查看地址段与占用；回收不用的负载均衡服务，或扩充地址段。',
    en: 'Run `kubectl -n <namespace> get ipaddresspools -o yaml` to see address ranges and usage; release unused LoadBalancer Services, or extend the ranges.',
  },
  severity: 'warning',
  reads: ['loadBalancerPools'],
  unit: 'percent',
  threshold: { warningPercent: 80, criticalPercent: 100 },
  source: 'DCE metallb alerts PoolUsage and PoolExhausted',

  evaluate({ loadBalancerPools }, { warningPercent, criticalPercent }) {
    const told = loadBalancerPools.rows.flatMap(({ namespace, name, assigned, available }) =>
      assigned === undefined || available === undefined ? [] : [{ namespace, name, assigned, size: assigned + available }],
    );
    if (told.length === 0) return loadBalancerPools.total === 0 ? notApplicable('not-in-use') : unknown('not-reported');
    return told
      .filter(({ size }) => size > 1) // a pool of one address is full by design
      .flatMap(({ namespace, name, assigned, size }) =>
        above((assigned / size) * 100, { warning: warningPercent, critical: criticalPercent }).map((violation) => ({
          ...violation,
          scope: { kind: 'IPAddressPool' as const, namespace, name },
        })),
      );
  },
});
