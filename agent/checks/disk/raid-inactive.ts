import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskRaidInactive = defineCheck({
  id: 'disk-raid-inactive',
  area: 'disk',
  title: { zh: '软件 RAID 阵列未启动', en: 'Software RAID array not running' },
  why: { zh: '阵列没有运行：上面的数据此刻不可用。', en: 'The array is not running: the data on it is currently unavailable.' },
  remedy: {
    zh: '执行 `cat /proc/mdstat` 与 `mdadm --examine <成员盘>` 确认成员是否齐全；成员齐全时用 `mdadm --assemble --scan` 启动，缺失时先修复磁盘，不要强制启动。',
    en: 'Run `cat /proc/mdstat` and `mdadm --examine <member>` to check whether all members are present; if so, start the array with `mdadm --assemble --scan`. If not, repair the disks first and do not force the array to start.',
  },
  severity: 'critical',
  reads: ['raid'],
  unit: 'count',
  threshold: {},
  source: 'practice: an inactive array serves nothing that lies on it',

  evaluate({ raid }, _threshold, { host }) {
    return judgeRows(raid.arrays, { kind: 'Disk', host, missing: 'not-reported' }, ({ active }) => (active ? [] : [{}]));
  },
});
