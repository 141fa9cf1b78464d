import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const imageLatest = defineCheck({
  id: 'workload-image-latest',
  area: 'workload',
  title: { zh: '镜像使用 latest 标签', en: 'Images using the latest tag' },
  why: {
    zh: '重启或扩容后可能悄悄换成另一个版本，副本之间不一致，也无法回滚。',
    en: 'A restart or scale-out may silently bring in another version: replicas differ and cannot be rolled back.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o jsonpath={..image}` 核对；改用固定版本或摘要，使每个副本一致、可以回滚。',
    en: 'Run `kubectl -n <namespace> get pods -o jsonpath={..image}` to check; use a fixed version or digest so that all replicas are identical and can be rolled back.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 101, KubeEye ImageTagIsLatest, Polaris tagNotSpecified',

  evaluate(sections) {
    return inTemplates(sections, ({ imageLatest }) => imageLatest);
  },
});
