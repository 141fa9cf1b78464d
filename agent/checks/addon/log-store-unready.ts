import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const logStoreUnready = defineCheck({
  id: 'addon-log-store-unready',
  area: 'addon',
  title: { zh: '日志存储未就绪', en: 'Log store not ready' },
  why: { zh: '日志写不进去或查不出来，排障和审计失去依据。', en: 'Logs cannot be written or queried for troubleshooting and audits.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复存储，期间新日志无法写入。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it: new logs cannot be written in the meantime.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'practice: agents hold a buffer for minutes only, then lines are lost; 10 min to start, critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['log-store'], limits, now);
  },
});
