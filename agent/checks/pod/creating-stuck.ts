import { defineCheck } from '../check.ts';
import { byOwner, waitOf } from '../pod-rows.ts';

export const creatingStuck = defineCheck({
  id: 'pod-creating-stuck',
  area: 'pod',
  title: { zh: 'Pod 卡在创建阶段', en: 'Pods stuck in creation' },
  why: {
    zh: 'Pod 停在创建中，通常在等存储卷或网络：新版本发不出去，扩容也不生效。',
    en: 'The pod is stuck in creation, usually waiting for a volume or the network: rollouts and scaling stop here.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看事件：多为存储卷挂载、网络插件分配地址或引用的对象缺失；再到该节点执行 `journalctl -u kubelet --since -1h` 确认。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` and read the events: usually a volume fails to mount, the network plugin cannot assign an address, or a referenced object is missing; confirm with `journalctl -u kubelet --since -1h` on the node.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubePodNotReady (Pending 15 min)',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      if (row.phase !== 'Pending' || row.scheduledAt === undefined || row.initializing || row.deletedAt !== undefined || waitOf(row) !== 'start') return undefined;
      const seconds = now - row.scheduledAt;
      return seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
