import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const loadBalancerComponentUnready = defineCheck({
  id: 'network-load-balancer-component-unready',
  area: 'network',
  title: { zh: '负载均衡组件未就绪', en: 'Load balancer component not ready' },
  why: { zh: '对外地址可能失效或不再切换，节点故障时外部访问中断。', en: 'External addresses may fail or no longer fail over; a node failure may cut off users.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复 MetalLB，否则负载均衡地址不再宣告或分配。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore MetalLB, otherwise load balancer addresses are neither advertised nor assigned.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'DCE metallb alerts; critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['load-balancer-speaker', 'load-balancer-controller'], limits, now);
  },
});
