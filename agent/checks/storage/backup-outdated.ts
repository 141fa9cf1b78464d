import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';

export const backupOutdated = defineCheck({
  id: 'storage-backup-outdated',
  area: 'storage',
  title: { zh: '长时间没有成功的备份', en: 'No successful backup for a long time' },
  why: {
    zh: '太久没有成功的备份：一次误删或损坏就会丢失这段时间的全部数据。',
    en: 'No backup has succeeded for too long: a deletion or corruption would lose all data since the last one.',
  },
  remedy: {
    zh: '执行 `velero backup get` 查看最近的备份；检查 Velero 与备份存储，立即手工备份一次，再修正计划。',
    en: 'Run `velero backup get` to see the latest backups; check Velero and its backup storage, take a manual backup immediately, then correct the schedule.',
  },
  severity: 'warning',
  reads: ['backups'],
  unit: 'seconds',
  threshold: { warningHours: 24, criticalHours: 72, graceMinutes: 120 },
  source: 'practice: one day of changes is what most contracts accept to lose (24 h), three days (72 h) is a job that died; two hours of grace for a daily backup that runs long',

  evaluate({ backups }, { warningHours, criticalHours, graceMinutes }, { now }) {
    const active = backups.schedules.filter(({ paused }) => !paused);
    if (active.length === 0) return notApplicable('not-in-use');
    const since = backups.latestCompletedAt ?? Math.min(...active.map(({ createdAt }) => createdAt));
    const grace = graceMinutes * 60;
    return above(now - since, { warning: warningHours * 3_600 + grace, critical: criticalHours * 3_600 + grace });
  },
});
