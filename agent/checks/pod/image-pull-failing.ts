import { defineCheck } from '../check.ts';
import { byOwner, notReadySeconds, waitOf } from '../pod-rows.ts';

export const imagePullFailing = defineCheck({
  id: 'pod-image-pull-failing',
  area: 'pod',
  title: { zh: '镜像拉取失败', en: 'Image pull failures' },
  why: { zh: '镜像拉取不到：此刻运行的副本若退出，就再也起不来。', en: 'The image cannot be pulled: if a running replica exits, it cannot start again.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看拉取失败的原因；核对镜像名称与标签、镜像仓库是否可达、拉取凭据是否有效。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` to see why the pull fails; check the image name and tag, whether the registry is reachable, and whether the pull credentials are valid.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 600 },
  source: 'kubernetes-mixin KubeContainerWaiting (1 h); 10 min because a pull that fails that long does not mend itself; popeye 203, k8sgpt',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const seconds = notReadySeconds(row, now);
      return waitOf(row) === 'image' && row.deletedAt === undefined && seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
