import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const kubeProxyUnready = defineCheck({
  id: 'network-kube-proxy-unready',
  area: 'network',
  title: { zh: 'kube-proxy 未在所有节点就绪', en: 'kube-proxy not ready on every node' },
  why: {
    zh: '该节点上的服务转发规则不再更新，访问会打到已消失的 Pod。',
    en: 'Service forwarding rules on that node are no longer updated, and requests may go to pods that no longer exist.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复 kube-proxy，否则该节点上的 Service 规则不再更新。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore kube-proxy, otherwise Service rules on that node are no longer updated.',
  },
  severity: 'critical',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 90 },
  source: 'kubernetes-mixin KubeProxyDown (critical); warning while only a few nodes of many are concerned, by practice',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['kube-proxy'], limits, now);
  },
});
