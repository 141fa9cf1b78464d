import { defineCheck } from '../check.ts';
import { byOwner, waitOf } from '../pod-rows.ts';

export const initStuck = defineCheck({
  id: 'pod-init-stuck',
  area: 'pod',
  title: { zh: '初始化容器长时间未完成', en: 'Init containers that do not complete' },
  why: { zh: '初始化容器不结束，主容器就不会启动：该副本不提供服务。', en: 'The main containers do not start until the init container completes: this replica is out of service.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> logs <Pod> -c <初始化容器>` 查看它在等待什么；多为依赖的服务不可达，恢复依赖后会自行继续。',
    en: 'Run `kubectl -n <namespace> logs <pod> -c <init container>` to see what it is waiting for; usually a service it depends on is unreachable: restore that and the pod continues by itself.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 1_800 },
  source: 'practice: half an hour is beyond migrations and downloads of ordinary size; no peer measures it',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      if (row.phase !== 'Pending' || !row.initializing || row.scheduledAt === undefined || row.deletedAt !== undefined || waitOf(row) !== 'start') return undefined;
      const seconds = now - row.scheduledAt;
      return seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
