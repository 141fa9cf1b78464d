import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const logAgentUnready = defineCheck({
  id: 'addon-log-agent-unready',
  area: 'addon',
  title: { zh: '日志采集组件未在所有节点就绪', en: 'Log agent not ready on every node' },
  why: { zh: '这些节点的日志没有被收集，出问题时查不到。', en: 'Logs from those nodes are not collected and will be missing when needed.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复采集，期间该节点的日志可能丢失。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore log collection: logs from that node may be lost in the meantime.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100 },
  source: 'practice: a node without its agent loses log lines at the next rotation; 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['log-agent'], limits, now);
  },
});
