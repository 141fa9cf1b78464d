import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const insightAgentUnready = defineCheck({
  id: 'addon-insight-agent-unready',
  area: 'addon',
  title: { zh: 'insight-agent 未就绪', en: 'insight-agent not ready' },
  why: {
    zh: '该集群的指标、日志与链路不再上报到平台，告警也随之失效。',
    en: 'Metrics, logs and traces of this cluster are no longer reported to the platform, so alerts stop working as well.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后平台才能看到该集群的监控数据。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise the platform receives no monitoring data from this cluster.',
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
