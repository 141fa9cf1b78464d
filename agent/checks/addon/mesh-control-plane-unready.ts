import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const meshControlPlaneUnready = defineCheck({
  id: 'addon-mesh-control-plane-unready',
  area: 'addon',
  title: { zh: '服务网格控制面未就绪', en: 'Service mesh control plane not ready' },
  why: {
    zh: '网格配置与证书不再下发，新 Pod 可能启动不了，证书到期后调用失败。',
    en: 'Mesh configuration and certificates are no longer distributed: new pods may not start, and calls fail once certificates expire.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后边车才能注入并取得配置。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise sidecars are neither injected nor configured.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'practice: sidecar injection is a webhook that fails without it',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['mesh-control-plane'], limits, now);
  },
});
