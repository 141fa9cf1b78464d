import { defineCheck } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const notReady = defineCheck({
  id: 'node-not-ready',
  area: 'node',
  title: { zh: '节点未就绪', en: 'Nodes not ready' },
  why: {
    zh: '该节点上的 Pod 不再接收流量，几分钟后被驱逐；单副本业务此时已中断。',
    en: 'Pods on the node no longer receive traffic and are evicted within minutes; any single-replica service there is already down.',
  },
  remedy: {
    zh: '执行 `kubectl describe node <节点>` 查看 Ready 状态的原因，再在节点上执行 `systemctl status kubelet containerd` 检查 kubelet 与容器运行时；修复后确认节点恢复 Ready。',
    en: 'Run `kubectl describe node <node>` to see the reason for its Ready condition, then `systemctl status kubelet containerd` on the node to check the kubelet and the container runtime; fix the fault and confirm that the node returns to Ready.',
  },
  severity: 'critical',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 5 },
  source: 'kubernetes-mixin KubeNodeNotReady (15 min there; 5 min because pods are evicted from then on), popeye POP-702',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    return inStateFor(nodes.rows, afterMinutes, now, (row) =>
      !row.unschedulable && (row.ready === 'false' || row.ready === 'missing') ? (row.readySince ?? 'unknown') : undefined,
    );
  },
});
