import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const terminationGraceZero = defineCheck({
  id: 'workload-termination-grace-zero',
  area: 'workload',
  title: { zh: '终止宽限期为零', en: 'Termination grace period of zero' },
  why: { zh: '停止时不等请求处理完就杀掉，正在写的数据可能丢失。', en: 'Containers are killed without finishing in-flight requests, and data being written may be lost.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o jsonpath={.spec.template.spec.terminationGracePeriodSeconds}` 核对；改为应用完成收尾所需的时间。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o jsonpath={.spec.template.spec.terminationGracePeriodSeconds}` to check; set it to the time the application needs to shut down cleanly.',
  },
  severity: 'warning',
  setup: true,
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'practice: with 0 s containers are killed at once, connections and writes are cut; for StatefulSets the Kubernetes documentation calls it unsafe',

  evaluate(sections) {
    return inTemplates(sections, ({ graceZero }) => graceZero);
  },
});
