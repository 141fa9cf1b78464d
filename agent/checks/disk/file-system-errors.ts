import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskFileSystemErrors = defineCheck({
  id: 'disk-file-system-errors',
  area: 'disk',
  title: { zh: '文件系统记录了错误', en: 'File system errors recorded' },
  why: {
    zh: '文件系统记录过错误：数据可能已经损坏，下次故障时可能整体变为只读。',
    en: 'The file system has recorded errors: data may already be corrupted, and the next fault may make it read-only.',
  },
  remedy: {
    zh: '执行 `dmesg -T | grep -iE "EXT4-fs error|BTRFS error"` 与 `tune2fs -l <设备>`（btrfs：`btrfs device stats <挂载点>`）查看；备份数据，卸载后执行 fsck，并用 `smartctl -a` 检查磁盘。',
    en: 'Run `dmesg -T | grep -iE "EXT4-fs error|BTRFS error"` and `tune2fs -l <device>` (btrfs: `btrfs device stats <mount point>`) to check; back up the data, unmount the file system, run fsck, and check the disk with `smartctl -a`.',
  },
  severity: 'warning',
  reads: ['filesystemErrors'],
  unit: 'count',
  threshold: { warningCount: 1, recentHours: 24 },
  source: 'node-problem-detector Ext4Error (EXT4-fs error), here from the superblock counter, which survives reboots; recent ones are critical',

  evaluate({ filesystemErrors }, { warningCount, recentHours }, { host, now }) {
    return judgeRows(filesystemErrors.devices, { kind: 'Disk', host, missing: 'not-reported' }, ({ errors, lastErrorAt = 0 }) => {
      const severity = now - lastErrorAt <= recentHours * 3_600 ? 'critical' : 'warning';
      return errors >= warningCount ? [{ observed: errors, threshold: warningCount, severity }] : [];
    });
  },
});
