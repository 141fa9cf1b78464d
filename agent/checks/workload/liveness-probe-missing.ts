import { defineCheck } from '../check.ts';
import { inServingTemplates } from '../workload-rows.ts';

export const livenessProbeMissing = defineCheck({
  id: 'workload-liveness-probe-missing',
  area: 'workload',
  title: { zh: '容器缺少存活探针', en: 'Containers without a liveness probe' },
  why: { zh: '进程卡死时没有人重启它，服务停在那里直到有人发现。', en: 'When the process hangs nothing restarts it, and the service stays down until somebody notices.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对；应用会卡死而不退出时配置 livenessProbe，探针只检查自身、不检查依赖。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` to check; add a livenessProbe where the application can hang without exiting, and have it test only the application itself, not its dependencies.',
  },
  severity: 'info',
  reads: ['workloads', 'pods'],
  unit: 'count',
  threshold: {},
  source: 'popeye 103, KubeEye NoLivenessProbe, Polaris livenessProbeMissing; info, because a wrong one does more harm than none',

  evaluate(sections) {
    return inServingTemplates(sections, ({ noLivenessProbe }) => noLivenessProbe);
  },
});
