import { defineCheck } from '../check.ts';
import { byOwner, waitOf } from '../pod-rows.ts';

export const creatingStuck = defineCheck({
  id: 'pod-creating-stuck',
  area: 'pod',
  title: { zh: 'Pod 卡在创建阶段', en: 'Pods are stuck while they are created' },
  why: {
    zh: 'Pod 停在创建中，通常在等存储卷或网络：新版本发不出去，扩容也不生效。',
    en: 'The pod waits in creation, mostly for a volume or the network: rollouts and scaling stop here.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看事件：多为存储卷挂载、网络插件分配地址或引用的对象缺失；再到该节点执行 `journalctl -u kubelet --since -1h` 确认。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` and read the events: mostly a volume that does not mount, the network plug-in without an address, or a missing object; `journalctl -u kubelet --since -1h` on the node confirms it.',
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
