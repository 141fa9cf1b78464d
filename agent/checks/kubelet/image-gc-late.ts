import { defineCheck, unknown } from '../check.ts';

export const imageGcLate = defineCheck({
  id: 'kubelet-image-gc-late',
  area: 'kubelet',
  title: { zh: '镜像清理晚于磁盘驱逐', en: 'Image garbage collection later than disk eviction' },
  why: { zh: '磁盘先触发驱逐才开始清理镜像，Pod 被白白赶走。', en: 'Disk pressure triggers eviction before unused images are removed, so pods are evicted needlessly.' },
  remedy: {
    zh: '执行 `grep -E "imageGC|imagefs" /var/lib/kubelet/config.yaml` 确认；把 `imageGCHighThresholdPercent` 降到驱逐阈值之前，使节点先清理镜像再驱逐 Pod。',
    en: 'Run `grep -E "imageGC|imagefs" /var/lib/kubelet/config.yaml` to confirm; lower `imageGCHighThresholdPercent` below the eviction threshold, so that images are removed before pods are evicted.',
  },
  severity: 'warning',
  setup: true,
  reads: ['kubelet'],
  unit: 'percent',
  threshold: { highestPercent: 90 },
  source: 'Kubernetes documentation, garbage collection and node-pressure eviction: defaults 85 % and 15 % free meet',

  evaluate({ kubelet }, { highestPercent }) {
    if (kubelet.imageGcHighPercent === undefined) return unknown();
    const limit = Math.min(highestPercent, 100 - (kubelet.evictionImagefsPercent ?? 0));
    return kubelet.imageGcHighPercent > limit ? [{ observed: kubelet.imageGcHighPercent, threshold: limit }] : [];
  },
});
