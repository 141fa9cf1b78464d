/** 《备份报告》: what is backed up, and whether it can be relied on. */
import { methodOf } from '../chapters/method.ts';
import { backupList } from '../chapters/records.ts';
import { remarks } from '../chapters/remarks.ts';
import { backupSignOff } from '../chapters/sign-off.ts';
import { listSheet } from '../lists/list.ts';
import { backupsList } from '../lists/records.ts';
import type { ReportKind } from './kind.ts';

export const backup: ReportKind = {
  id: 'backup',
  title: { zh: '备份报告', en: 'Backup report' },
  front: [],
  body: [backupList, remarks],
  back: [backupSignOff, methodOf('backups')],
  sheets: [listSheet(backupsList)],
};
