import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const spiderpoolUnready = defineCheck({
  id: 'network-spiderpool-unready',
  area: 'network',
  title: { zh: '地址管理插件未就绪', en: 'IP address management plugin not ready' },
  why: { zh: '新 Pod 分不到地址，停在创建中，故障后的重建也会失败。', en: 'New pods get no address and remain stuck in creation; re-creation after a failure also fails.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复 Spiderpool，否则新的 Pod 分不到地址。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore Spiderpool, otherwise new pods get no address.',
  },
  severity: 'critical',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 50 },
  source: 'DCE spiderpool alerts (ipamAllocationFailure), at their cause; practice: 10 min to start, critical when less than half is ready',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['spiderpool-agent', 'spiderpool-controller'], limits, now);
  },
});
