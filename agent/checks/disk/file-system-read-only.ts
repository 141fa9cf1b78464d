import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

/** Read-only by design on image-based systems. */
const SEALED = /^\/(usr|sysroot|ostree|nix\/store)$/;

export const diskFileSystemReadOnly = defineCheck({
  id: 'disk-file-system-read-only',
  area: 'disk',
  title: { zh: '文件系统变为只读', en: 'File system has become read-only' },
  why: { zh: '文件系统变为只读：上面的业务写不进任何数据，多为磁盘损坏的先兆。', en: 'Services on it can no longer write any data; this is often an early sign of disk failure.' },
  remedy: {
    zh: '执行 `dmesg -T | grep -iE "remount|I/O error|EXT4-fs|XFS"` 查明原因；先迁走业务（`kubectl drain`）并备份数据，再卸载、执行 fsck 或 xfs_repair，检查底层磁盘后重新挂载。',
    en: 'Run `dmesg -T | grep -iE "remount|I/O error|EXT4-fs|XFS"` to find the cause; move workloads away (`kubectl drain`) and back up the data, then unmount the file system, run fsck or xfs_repair, check the underlying disk and remount.',
  },
  severity: 'critical',
  reads: ['filesystems'],
  unit: 'value',
  threshold: {},
  source: 'node-problem-detector readonly-monitor FilesystemIsReadOnly; a read-only mount that nothing explains is a warning by practice',

  evaluate({ filesystems }, _threshold, { host }) {
    const rows = filesystems.mounts.filter(({ role, name }) => (role === 'host' || role === 'pod-volume') && !SEALED.test(name));
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-reported' }, ({ role, network, access, readOnlyConfigured }) => {
      if (access === 'forced-read-only') return [{ severity: 'critical' }];
      if (access === 'read-write' || readOnlyConfigured === true) return [];
      if (readOnlyConfigured === false) return [{ severity: 'critical' }];
      return network || role === 'pod-volume' ? [] : [{ severity: 'warning' }];
    });
  },
});
