import { defineCheck } from '../check.ts';
import { inServingTemplates } from '../workload-rows.ts';

export const readinessProbeMissing = defineCheck({
  id: 'workload-readiness-probe-missing',
  area: 'workload',
  title: { zh: '容器缺少就绪探针', en: 'Containers have no readiness probe' },
  why: { zh: '启动未完成就接收流量，发布期间用户会看到错误。', en: 'It gets traffic before it is ready, and users see errors during every release.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；为每个提供服务的容器配置 readinessProbe，避免流量进入未就绪的 Pod。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to see them; give each container that serves a readinessProbe, so that no traffic reaches it too early.',
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
