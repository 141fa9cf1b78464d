import { defineCheck, notApplicable } from '../check.ts';

export const loadBalancerAdvertisementMissing = defineCheck({
  id: 'network-load-balancer-advertisement-missing',
  area: 'network',
  title: { zh: '负载均衡地址池没有被宣告', en: 'Load balancer address pools not advertised' },
  why: {
    zh: '地址分配出去了，外部却到不了，服务看似正常其实不可达。',
    en: 'Addresses are assigned but cannot be reached from outside: the service looks healthy but is unreachable.',
  },
  remedy: {
    zh: '执行 `kubectl get ipaddresspools,l2advertisements,bgpadvertisements -A` 确认；创建 L2Advertisement 或 BGPAdvertisement，否则地址在集群外不可达。',
    en: 'Run `kubectl get ipaddresspools,l2advertisements,bgpadvertisements -A` to confirm; create an L2Advertisement or BGPAdvertisement, otherwise the addresses cannot be reached from outside the cluster.',
  },
  severity: 'warning',
  reads: ['loadBalancerPools'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'MetalLB documentation: a pool without an advertisement is assigned but not announced; DCE metallb ConfigNotLoaded',

  evaluate({ loadBalancerPools }, { atLeastCount }) {
    const { total, advertisements } = loadBalancerPools;
    if (total === 0) return notApplicable('not-in-use');
    return advertisements < atLeastCount ? [{ observed: advertisements, threshold: atLeastCount }] : [];
  },
});
