import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskCommandsFailing = defineCheck({
  id: 'disk-commands-failing',
  area: 'disk',
  title: { zh: '磁盘命令失败过多', en: 'Too many failed disk commands' },
  why: {
    zh: '磁盘或控制器正在出错，读写会变慢或失败，数据有丢失的危险。',
    en: 'The disk or its controller is failing: reads and writes slow down or fail, and there is a risk of data loss.',
  },
  remedy: {
    zh: '执行 `dmesg -T | grep -iE "I/O error|sense key"` 与 `smartctl -a <设备>` 判断是磁盘、线缆还是控制器；尽快备份数据并更换故障部件。',
    en: 'Run `dmesg -T | grep -iE "I/O error|sense key"` and `smartctl -a <device>` to tell whether the disk, cable or controller is at fault; back up the data and replace the faulty part promptly.',
  },
  severity: 'warning',
  reads: ['disks'],
  unit: 'percent',
  threshold: { warningPercent: 0.1, minimumCount: 100 },
  source: 'node-problem-detector IOError (Buffer I/O error), here from ioerr_cnt; a few failures at boot are normal, hence the minimum by practice',

  evaluate({ disks }, { warningPercent, minimumCount }, { host }) {
    const rows = disks.devices.filter(({ type }) => type === 'scsi');
    if (rows.length === 0) return notApplicable('not-present');
    return judgeRows(rows, { kind: 'Disk', host, missing: 'not-reported' }, ({ failedCommands, failedPercent }) => {
      if (failedCommands === undefined || failedPercent === undefined) return undefined;
      return failedCommands < minimumCount ? [] : above(failedPercent, { warning: warningPercent });
    });
  },
});
