import { defineCheck } from '../check.ts';
import { byOwner, isOfJob, notReadySeconds, waitOf } from '../pod-rows.ts';

export const notReady = defineCheck({
  id: 'pod-not-ready',
  area: 'pod',
  title: { zh: 'Pod 长时间未就绪', en: 'Pods not ready for a long time' },
  why: {
    zh: '未就绪的 Pod 不接收流量：其余副本承担全部请求，都未就绪时服务中断。',
    en: 'A pod that is not ready receives no traffic: the other replicas carry all requests, and if none is ready the service is down.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看就绪探针的失败信息，再用 `kubectl -n <命名空间> logs <Pod>` 查看应用日志；修正应用、依赖或探针参数。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` to see why the readiness probe fails and `kubectl -n <namespace> logs <pod>` to read the application log; fix the application, its dependencies or the probe settings.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 900 },
  source: 'kubernetes-mixin KubePodNotReady (15 min, pods of Jobs left out); popeye 204',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      if (row.phase !== 'Running' || row.ready || row.static || isOfJob(row) || row.deletedAt !== undefined || waitOf(row) !== 'start') return undefined;
      const seconds = notReadySeconds(row, now);
      return seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
