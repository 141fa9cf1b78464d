import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskWriteBarrierOff = defineCheck({
  id: 'disk-write-barrier-off',
  area: 'disk',
  title: { zh: '文件系统关闭了写屏障', en: 'File system write barriers disabled' },
  why: {
    zh: '断电时文件系统和数据库可能损坏，即使程序已收到“写入成功”。',
    en: 'A power failure may corrupt file systems and databases, even if writes were reported as successful.',
  },
  remedy: {
    zh: '执行 `findmnt -o TARGET,OPTIONS` 找出 nobarrier 或 barrier=0；除非磁盘缓存有电池保护，应从 fstab 中去掉该选项并重新挂载，否则断电会损坏文件系统。',
    en: 'Run `findmnt -o TARGET,OPTIONS` to find nobarrier or barrier=0; unless the disk cache is battery-backed, remove the option from fstab and remount, otherwise a power failure may corrupt the file system.',
  },
  severity: 'warning',
  setup: true,
  reads: ['filesystems'],
  unit: 'count',
  threshold: {},
  source: 'kernel documentation of ext4: barrier=0 risks corruption on power failure without a battery-backed cache',

  evaluate({ filesystems }, _threshold, { host }) {
    return judgeRows(filesystems.mounts, { kind: 'Mount', host, missing: 'not-reported' }, ({ options }) => (options.includes('barrier-off') ? [{}] : []));
  },
});
