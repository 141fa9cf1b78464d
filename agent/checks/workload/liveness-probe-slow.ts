import { defineCheck } from '../check.ts';
import { inServingTemplates } from '../workload-rows.ts';

export const livenessProbeSlow = defineCheck({
  id: 'workload-liveness-probe-slow',
  area: 'workload',
  title: { zh: '存活探针判定过慢', en: 'Liveness probes too slow to detect failure' },
  why: { zh: '卡死的容器要很久才会被重启，期间请求一直失败。', en: 'A hung container is restarted late, and requests keep failing meanwhile.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get deployment <名称> -o yaml` 核对 initialDelaySeconds、periodSeconds 与 failureThreshold；启动慢的应用改用 startupProbe。',
    en: 'Run `kubectl -n <namespace> get deployment <name> -o yaml` and check initialDelaySeconds, periodSeconds and failureThreshold; use a startupProbe for slow-starting applications.',
  },
  severity: 'info',
  setup: true,
  reads: ['workloads', 'pods'],
  unit: 'seconds',
  threshold: { slowSeconds: 180 },
  source: 'KubeEye 2026 liveness total time (180 s)',

  evaluate(sections, { slowSeconds }) {
    const outcome = inServingTemplates(sections, ({ livenessSeconds }) => (livenessSeconds >= slowSeconds ? livenessSeconds : 0));
    return 'verdict' in outcome ? outcome : outcome.map((violation) => ({ ...violation, threshold: slowSeconds }));
  },
});
