import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskRaidDiskFailed = defineCheck({
  id: 'disk-raid-disk-failed',
  area: 'disk',
  title: { zh: '软件 RAID 阵列有故障盘', en: 'Failed disk in a software RAID array' },
  why: { zh: '阵列中已有一块坏盘：在更换之前，再坏一块就丢失数据。', en: 'A disk in the array has already failed: until it is replaced, another failure means data loss.' },
  remedy: {
    zh: '执行 `mdadm --detail <设备>` 找出标记为 faulty 的磁盘；用 `mdadm --remove` 移除、更换后再 `mdadm --add` 加回。',
    en: 'Run `mdadm --detail <device>` to find the disk marked faulty; remove it with `mdadm --remove`, replace it and add the new disk with `mdadm --add`.',
  },
  severity: 'warning',
  reads: ['raid'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'node-mixin NodeRAIDDiskFailure (failed > 0)',

  evaluate({ raid }, { warningCount }, { host }) {
    return judgeRows(raid.arrays, { kind: 'Disk', host, missing: 'not-reported' }, ({ failedDisks }) => above(failedDisks, { warning: warningCount }));
  },
});
