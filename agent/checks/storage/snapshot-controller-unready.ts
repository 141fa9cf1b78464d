import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const snapshotControllerUnready = defineCheck({
  id: 'storage-snapshot-controller-unready',
  area: 'storage',
  title: { zh: '快照控制器未就绪', en: 'Snapshot controller not ready' },
  why: { zh: '快照控制器未就绪：依赖快照的备份不会完成。', en: 'While the snapshot controller is not ready, backups that rely on snapshots do not complete.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复快照控制器，否则快照不会完成。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the snapshot controller, otherwise snapshots do not complete.',
  },
  severity: 'warning',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, warningBelowPercent: 50 },
  source: 'practice: without it no snapshot becomes ready; replicas elect a leader, so half of them suffice; 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['snapshot-controller'], limits, now);
  },
});
