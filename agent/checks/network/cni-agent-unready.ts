import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const cniAgentUnready = defineCheck({
  id: 'network-cni-agent-unready',
  area: 'network',
  title: { zh: '网络插件未在所有节点就绪', en: 'Network plugin not ready on every node' },
  why: {
    zh: '受影响节点上的 Pod 不能创建，已有 Pod 的路由与策略不再更新，会逐渐不通。',
    en: 'Pods cannot be created on those nodes; routes and policies of existing pods are no longer updated, so they may lose connectivity.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复网络插件，必要时检查节点内核模块与 CNI 配置目录。',
    en: "Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the network plugin, and check the node's kernel modules and CNI configuration directory if necessary.",
  },
  severity: 'critical',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 90 },
  source: 'practice: without the agent no pod of the node gets a network, hence critical; warning while 90 % of the nodes have it',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['cni-agent'], limits, now);
  },
});
