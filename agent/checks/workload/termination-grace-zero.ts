import { defineCheck } from '../check.ts';
import { inTemplates } from '../workload-rows.ts';

export const terminationGraceZero = defineCheck({
  id: 'workload-termination-grace-zero',
  area: 'workload',
  title: { zh: '终止宽限期为零', en: 'The termination grace period is zero' },
  why: { zh: '停止时不等请求处理完就杀掉，正在写的数据可能丢失。', en: 'It is killed without finishing its requests, and data in the middle of a write may be lost.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o jsonpath={.spec.template.spec.terminationGracePeriodSeconds}` 核对；改为应用完成收尾所需的时间。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o jsonpath={.spec.template.spec.terminationGracePeriodSeconds}` to see it; set the time that the application needs to finish its work.',
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
