import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const cniControllerUnready = defineCheck({
  id: 'network-cni-controller-unready',
  area: 'network',
  title: { zh: '网络插件的控制器未就绪', en: 'Network plugin controller not ready' },
  why: {
    zh: '地址分配和网络策略不再更新，新 Pod 可能没有网络或没有隔离。',
    en: 'Address allocation and network policies are no longer updated: new pods may lack network access or isolation.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复控制器，否则新节点与新地址块得不到处理。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the controller, otherwise new nodes and address blocks are not handled.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'practice: without it new pods of some plugins get no address; 10 min to start, critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['cni-controller'], limits, now);
  },
});
