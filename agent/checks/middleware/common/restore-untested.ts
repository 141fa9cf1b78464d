import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const middlewareRestoreUntested = defineCheck({
  id: 'middleware-restore-untested',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件的备份长时间没有演练恢复', en: 'Middleware restore not tested for a long time' },
  why: {
    zh: '没有恢复过的备份可能不可用，到需要时才发现就晚了。',
    en: 'A backup that has never been restored may be unusable, and this may only be found out when it is needed.',
  },
  remedy: {
    zh: '在独立环境恢复最近一次备份并核对数据，然后更新配置中该实例的 backup.restoreTested。',
    en: 'Restore the latest backup in a separate environment and verify the data, then update backup.restoreTested of the instance in the configuration.',
  },
  severity: 'info',
  setup: true,
  reads: ['middleware'],
  unit: 'days',
  threshold: { infoDays: 180 },
  source: 'practice: twice a year',

  evaluate({ middleware: { rows } }, { infoDays }, { now }) {
    return judgeInstances(rows, ({ backupDeclared, restoreTestedAt }) => {
      if (!backupDeclared) return 'other';
      return told(restoreTestedAt, (at) => above(Math.max(0, Math.floor((now - at) / 86_400)), { info: infoDays }));
    });
  },
});
