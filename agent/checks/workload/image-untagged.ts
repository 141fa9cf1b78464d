import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const imageUntagged = defineCheck({
  id: 'workload-image-untagged',
  area: 'workload',
  title: { zh: '镜像没有标签', en: 'Images without a tag' },
  why: { zh: '没有标签即取 latest，运行的版本不确定，也无法回滚。', en: 'An image without a tag resolves to latest: the version is undetermined and cannot be rolled back.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o jsonpath={..image}` 核对；没有标签等同于 latest，请改用固定版本或摘要。',
    en: 'Run `kubectl -n <namespace> get pods -o jsonpath={..image}` to check; no tag is equivalent to latest, so use a fixed version or digest.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 100, KubeEye ImageTagMiss, Polaris tagNotSpecified',

  evaluate(sections) {
    return inTemplates(sections, ({ imageUntagged }) => imageUntagged);
  },
});
