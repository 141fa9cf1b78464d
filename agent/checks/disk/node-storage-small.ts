import { defineCheck, notApplicable } from '../check.ts';
import { below } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskNodeStorageSmall = defineCheck({
  id: 'disk-node-storage-small',
  area: 'disk',
  title: { zh: '存放镜像与 kubelet 数据的文件系统过小', en: 'File system for images and kubelet data too small' },
  why: {
    zh: '镜像稍多就会触发磁盘驱逐：镜像被反复清理又拉取，Pod 被赶走。',
    en: 'Even a few more images trigger disk-pressure eviction: images are repeatedly removed and pulled again, and pods are evicted.',
  },
  remedy: {
    zh: '执行 `df -h /var/lib/containerd /var/lib/kubelet` 查看容量；扩容该文件系统，或把容器运行时与 kubelet 的数据目录迁到更大的磁盘。',
    en: 'Run `df -h /var/lib/containerd /var/lib/kubelet` to check the capacity; expand the file system, or move the container runtime and kubelet data directories to a larger disk.',
  },
  severity: 'info',
  setup: true,
  reads: ['filesystems'],
  unit: 'bytes',
  threshold: { infoBytes: 53_687_091_200 },
  source: 'practice: images, logs and emptyDir of a node with tens of pods need about 50 GiB before image garbage collection thrashes',

  evaluate({ filesystems }, { infoBytes }, { host }) {
    const rows = filesystems.mounts.filter(({ holds }) => holds.includes('kubelet') || holds.includes('runtime'));
    if (rows.length === 0) return notApplicable('not-a-node');
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-visible' }, ({ sizeBytes }) => (sizeBytes === undefined ? undefined : below(sizeBytes, { info: infoBytes })));
  },
});
