import { defineCheck } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const diskPressure = defineCheck({
  id: 'node-disk-pressure',
  area: 'node',
  title: { zh: '节点处于磁盘压力', en: 'Nodes under disk pressure' },
  why: {
    zh: 'kubelet 正在驱逐该节点上的 Pod，并拒绝新的 Pod：上面的业务会中断并迁走。',
    en: 'The kubelet is evicting pods from the node and rejecting new ones: services on it are interrupted and moved elsewhere.',
  },
  remedy: {
    zh: '在节点上执行 `df -h` 与 `crictl images` 找出占满磁盘的目录或镜像；清理无用镜像和日志，或扩容 kubelet 与容器运行时所在的磁盘。',
    en: 'Run `df -h` and `crictl images` on the node to find the directories or images that fill the disk; remove unused images and logs, or enlarge the disk used by the kubelet and the container runtime.',
  },
  severity: 'critical',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 10 },
  source: 'kubernetes-mixin KubeNodePressure (10 min), popeye POP-705',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    return inStateFor(nodes.rows, afterMinutes, now, (row) => (row.pressures.includes('disk') ? (row.diskPressureSince ?? 'unknown') : undefined));
  },
});
