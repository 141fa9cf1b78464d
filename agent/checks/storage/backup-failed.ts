import { defineCheck } from '../check.ts';

export const backupFailed = defineCheck({
  id: 'storage-backup-failed',
  area: 'storage',
  title: { zh: '最近一次计划备份失败', en: 'Latest scheduled backup failed' },
  why: { zh: '最近一次备份失败：此刻出事，只能恢复到更早的数据。', en: 'The latest backup failed: if something goes wrong now, only older data can be restored.' },
  remedy: {
    zh: '执行 `velero backup describe <备份> --details` 与 `velero backup logs <备份>`；处理其中的错误后用 `velero backup create --from-schedule <计划>` 补做。',
    en: 'Run `velero backup describe <backup> --details` and `velero backup logs <backup>`; fix the errors shown, then make up for the missed backup with `velero backup create --from-schedule <schedule>`.',
  },
  severity: 'critical',
  reads: ['backups'],
  unit: 'count',
  threshold: {},
  source: 'troubleshoot Velero analyzer (backups that failed), hence critical; practice: partially failed is a warning',

  evaluate({ backups }) {
    return backups.schedules
      .filter(({ paused, latest }) => !paused && (latest === 'failed' || latest === 'partially-failed'))
      .map(({ namespace, name, latest }) => ({ scope: { kind: 'Backup', namespace, name }, observed: latest, severity: latest === 'failed' ? 'critical' : 'warning' }));
  },
});
