import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const veleroUnready = defineCheck({
  id: 'addon-velero-unready',
  area: 'addon',
  title: { zh: 'Velero 未就绪', en: 'Velero not ready' },
  why: { zh: '备份不会执行，此时丢失的数据无法恢复。', en: 'Backups do not run, and data lost now cannot be restored.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复后备份才会执行。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore it, otherwise no backups run.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 100, criticalBelowPercent: 1 },
  source: 'troubleshoot Velero analyzer, at its cause; practice: 10 min to start, critical when none is left',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['velero', 'velero-node-agent'], limits, now);
  },
});
