import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const insightAgentUnready = defineCheck({
  id: 'addon-insight-agent-unready',
  area: 'addon',
  title: { zh: 'insight-agent 未就绪', en: 'insight-agent not ready' },
  why: { zh: '该集群的指标、日志与链路不再上报到平台，告警也随之失效。', en: 'Metrics, logs and traces of the cluster no longer reach the platform, and alerts fail with them.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后平台才能看到该集群的监控数据。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` for the pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` for the reason; the platform does not see this cluster without it.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'DaoCloud documentation, cluster inspection: insight-agent is its precondition; practice: 10 min to start, critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['insight-agent'], limits, now);
  },
});
