import { defineCheck } from '../check.ts';

export const backupScheduleMissing = defineCheck({
  id: 'storage-backup-schedule-missing',
  area: 'storage',
  title: { zh: '没有启用任何备份计划', en: 'No active backup schedule' },
  why: {
    zh: '没有生效的备份计划：误删、勒索或存储损坏之后无法恢复。',
    en: 'No backup schedule is active: recovery is impossible after accidental deletion, ransomware or storage corruption.',
  },
  remedy: {
    zh: '执行 `velero schedule get` 确认；用 `velero schedule create` 建立每日备份计划，或恢复被暂停的计划。',
    en: 'Run `velero schedule get` to confirm; create a daily backup schedule with `velero schedule create`, or resume paused schedules.',
  },
  severity: 'warning',
  reads: ['backups'],
  unit: 'count',
  threshold: { atLeastCount: 1 },
  source: 'Velero documentation, Schedule: without one the newest backup only ages',

  evaluate({ backups }, { atLeastCount }) {
    const active = backups.schedules.filter(({ paused }) => !paused).length;
    return active < atLeastCount ? [{ observed: active, threshold: atLeastCount }] : [];
  },
});
