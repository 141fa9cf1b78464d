import { defineCheck } from '../check.ts';
import { byOwner, restartsPerDay } from '../pod-rows.ts';

export const killedRepeatedly = defineCheck({
  id: 'pod-killed-repeatedly',
  area: 'pod',
  title: { zh: '容器反复被信号终止', en: 'Containers repeatedly killed by signals' },
  why: {
    zh: '容器一再被信号终止：正在处理的请求被丢弃，用户看到的是间歇性错误。',
    en: 'The container is repeatedly killed by a signal: in-flight requests are dropped, and users see intermittent errors.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe pod <Pod>` 查看退出码：137 与 143 多为存活探针失败后被终止，139 为段错误；相应放宽探针或启用 startupProbe，段错误则升级或修复应用。',
    en: 'Run `kubectl -n <namespace> describe pod <pod>` to see the exit code: 137 and 143 usually mean termination after a failed liveness probe, 139 a segmentation fault; relax the probe or add a startupProbe, and upgrade or fix an application that crashes.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'value',
  threshold: { perDayCount: 3 },
  source: 'k8sgpt reads exit codes; three a day by practice: a single kill is often an operator',

  evaluate({ pods }, { perDayCount }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const bySignal = row.lastExitCode === 137 || row.lastExitCode === 139 || row.lastExitCode === 143;
      const restarts = restartsPerDay(row, now);
      if (!bySignal || row.lastTermination === 'OOMKilled' || restarts === undefined || restarts < perDayCount) return undefined;
      return { observed: row.lastExitCode };
    });
  },
});
