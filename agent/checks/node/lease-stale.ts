import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { nodeScope } from '../node-rows.ts';

export const leaseStale = defineCheck({
  id: 'node-lease-stale',
  area: 'node',
  title: { zh: '节点租约停止更新', en: 'Node leases not renewed' },
  why: {
    zh: '租约不更新时，控制面会在数十秒内把节点判为失联，并迁走上面的全部 Pod。',
    en: 'If its lease is not renewed, the control plane considers the node lost within a minute and moves all of its pods elsewhere.',
  },
  remedy: {
    zh: '执行 `kubectl -n kube-node-lease get lease <节点> -o yaml` 查看续约时间，再在节点上执行 `journalctl -u kubelet -n 100` 查找访问 API 服务器失败的记录；修复 kubelet 到 API 服务器的连接。',
    en: 'Run `kubectl -n kube-node-lease get lease <node> -o yaml` to check the last renewal time, then `journalctl -u kubelet -n 100` on the node to look for failed requests to the API server; fix the connection from the kubelet to the API server.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'seconds',
  threshold: { warningSeconds: 40, criticalSeconds: 120 },
  source: 'Kubernetes node-monitor-grace-period (40 s; 50 s since 1.32), Huawei Cloud CCE node checks; critical at three times that by practice',

  evaluate({ nodes }, { warningSeconds, criticalSeconds }) {
    const known = nodes.rows.filter(({ leaseAt }) => leaseAt !== undefined);
    if (known.length === 0) return unknown('not-reported');
    const stale = known.flatMap(({ name, leaseAt = 0 }) =>
      above(nodes.takenAt - leaseAt, { warning: warningSeconds, critical: criticalSeconds }).map((violation) => ({ ...violation, scope: nodeScope(name) })),
    );
    return stale.length === 0 && known.length < nodes.rows.length ? unknown('not-reported') : stale;
  },
});
