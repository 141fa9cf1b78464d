import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskRaidDegraded = defineCheck({
  id: 'disk-raid-degraded',
  area: 'disk',
  title: { zh: '软件 RAID 阵列降级', en: 'Software RAID array degraded' },
  why: { zh: '阵列已无冗余：再坏一块盘，数据就丢失。', en: 'The array has no redundancy left: if another disk fails, data is lost.' },
  remedy: {
    zh: '执行 `cat /proc/mdstat` 与 `mdadm --detail <设备>` 找出缺失的成员；更换磁盘并用 `mdadm --add` 加回，在同步完成前避免重启。',
    en: 'Run `cat /proc/mdstat` and `mdadm --detail <device>` to find the missing member; replace the disk, add it back with `mdadm --add`, and avoid reboots until the resync is complete.',
  },
  severity: 'critical',
  reads: ['raid'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'node-mixin NodeRAIDDegraded (required − active > 0)',

  evaluate({ raid }, { criticalCount }, { host }) {
    return judgeRows(raid.arrays, { kind: 'Disk', host, missing: 'not-reported' }, ({ requiredDisks, activeDisks }) =>
      requiredDisks === undefined || activeDisks === undefined ? [] : above(requiredDisks - activeDisks, { critical: criticalCount }),
    );
  },
});
