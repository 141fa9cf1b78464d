import { defineCheck } from '../check.ts';
import { inServingTemplates } from '../workload-rows.ts';

export const readinessProbeMissing = defineCheck({
  id: 'workload-readiness-probe-missing',
  area: 'workload',
  title: { zh: '容器缺少就绪探针', en: 'Containers without a readiness probe' },
  why: { zh: '启动未完成就接收流量，发布期间用户会看到错误。', en: 'The container receives traffic before it has started up, and users see errors during rollouts.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；为每个提供服务的容器配置 readinessProbe，避免流量进入未就绪的 Pod。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to check; configure a readinessProbe for every container that serves traffic, so that requests do not reach pods that are not ready.',
  },
  severity: 'warning',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 102 and 104, KubeEye NoReadinessProbe, Polaris readinessProbeMissing',

  evaluate(sections) {
    return inServingTemplates(sections, ({ noReadinessProbe }) => noReadinessProbe);
  },
});
