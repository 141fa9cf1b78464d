import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const imagePullPolicyLoose = defineCheck({
  id: 'workload-image-pull-policy-loose',
  area: 'workload',
  title: { zh: '可变标签的镜像未设为总是拉取', en: 'Mutable image tags not always pulled' },
  why: {
    zh: '各节点用的是各自缓存的旧镜像，同一标签在不同节点上是不同的程序。',
    en: 'Each node uses its own cached image, so the same tag may be a different program on different nodes.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对 imagePullPolicy；固定镜像版本，或改为 Always，避免各节点运行不同的内容。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` and check imagePullPolicy; pin the image version or set Always, so that nodes do not run different content under the same tag.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'KubeEye ImagePullPolicyNotAlways (2023) and its reverse (2026): only the combination that is wrong under both',

  evaluate(sections) {
    return inTemplates(sections, ({ pullPolicyMismatch }) => pullPolicyMismatch);
  },
});
