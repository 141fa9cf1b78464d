import { defineCheck } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskMountHung = defineCheck({
  id: 'disk-mount-hung',
  area: 'disk',
  title: { zh: '挂载点无响应', en: 'Mount point not responding' },
  why: {
    zh: '挂载点没有响应：访问它的进程全部卡住且杀不掉，往往要重启机器。',
    en: 'Processes that access the mount point hang and cannot be killed, and a reboot of the host is often required.',
  },
  remedy: {
    zh: '执行 `timeout 5 stat -f <挂载点>` 确认，并检查存储服务端与网络（NFS：`showmount -e`、`nfsstat -m`）；恢复服务端，或用 `umount -l` 摘除后重新挂载，再重启卡住的 Pod。',
    en: 'Run `timeout 5 stat -f <mount point>` to confirm, and check the storage server and the network (NFS: `showmount -e`, `nfsstat -m`); restore the server, or detach the mount with `umount -l` and remount it, then restart the stuck pods.',
  },
  severity: 'critical',
  reads: ['filesystems'],
  unit: 'seconds',
  threshold: {},
  source: 'Huawei CCE upgrade pre-check: unreachable (NFS) mounts; no answer within 5 s',

  evaluate({ filesystems }, _threshold, { host }) {
    return judgeRows(filesystems.mounts, { kind: 'Mount', host, missing: 'not-visible' }, ({ hung, measured, network, type }) => {
      if (hung) return [{}];
      return !measured && (network || type === 'fuse') ? undefined : [];
    });
  },
});
