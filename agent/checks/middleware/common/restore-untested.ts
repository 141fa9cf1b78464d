import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const middlewareRestoreUntested = defineCheck({
  id: 'middleware-restore-untested',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件的备份长时间没有演练恢复', en: 'Restoring middleware was not tried for long' },
  why: {
    zh: '没有恢复过的备份可能不可用，到需要时才发现就晚了。',
    en: 'A backup that was never restored may be of no use, and nobody knows before it is needed.',
  },
  remedy: {
    zh: '在独立环境恢复最近一次备份并核对数据，然后更新配置中该实例的 backup.restoreTested。',
    en: 'Restore the latest backup elsewhere, compare the data, then set backup.restoreTested of the instance in the configuration.',
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
