import { defineCheck } from '../check.ts';
import { inServingTemplates } from '../workload-rows.ts';

export const probesIdentical = defineCheck({
  id: 'workload-probes-identical',
  area: 'workload',
  title: { zh: '存活探针与就绪探针相同', en: 'Identical liveness and readiness probes' },
  why: {
    zh: '短暂繁忙本应只摘除流量，结果变成重启容器，越忙越重启。',
    en: 'A brief overload should only remove the pod from traffic; here it restarts the container and makes things worse.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 对比两个探针；让存活探针更宽松，否则短暂的负载高峰会导致容器被反复重启。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to compare the two probes; make the liveness probe more tolerant, otherwise brief load peaks restart the containers repeatedly.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'practice: with the same handler and a timeout of one second overload becomes a restart storm (Kubernetes documentation, liveness probes)',

  evaluate(sections) {
    return inServingTemplates(sections, ({ identicalProbes }) => identicalProbes);
  },
});
