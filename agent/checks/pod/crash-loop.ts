import { defineCheck } from '../check.ts';
import { byOwner, notReadySeconds, waitOf } from '../pod-rows.ts';

export const crashLoop = defineCheck({
  id: 'pod-crash-loop',
  area: 'pod',
  title: { zh: '容器反复崩溃', en: 'Containers in a crash loop' },
  why: {
    zh: '容器反复退出，每次重启的等待越来越长：该副本实际上不提供服务。',
    en: 'The container keeps exiting and waits longer before each restart: this replica is effectively out of service.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> logs <Pod> --previous` 查看上一次运行的日志，再用 `kubectl -n <命名空间> describe pod <Pod>` 看退出码与事件；修正应用、配置或探针后重新发布。',
    en: 'Run `kubectl -n <namespace> logs <pod> --previous` to read the log of the previous run and `kubectl -n <namespace> describe pod <pod>` to see the exit code and events; fix the application, its configuration or its probes and redeploy.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'count',
  threshold: { minimumSeconds: 300, restartsCount: 5 },
  source:
    'kubernetes-mixin KubePodCrashLooping (15 min there, 5 min here: the back-off tells the same); popeye 203; critical in platform namespaces by practice: others depend on them',

  evaluate({ pods }, { minimumSeconds, restartsCount }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      if (waitOf(row) !== 'crash' || row.deletedAt !== undefined) return undefined;
      const lasts = notReadySeconds(row, now) >= minimumSeconds || row.restarts >= restartsCount; // one that runs for minutes between crashes turns ready each time
      return lasts ? { observed: row.restarts, ...(row.restarts >= restartsCount && { threshold: restartsCount }), severity: row.system ? 'critical' : 'warning' } : undefined;
    });
  },
});
