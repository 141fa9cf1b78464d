import { defineCheck, notApplicable } from '../check.ts';
import { judgeRows } from '../rows.ts';

export const diskNetworkMountSoft = defineCheck({
  id: 'disk-network-mount-soft',
  area: 'disk',
  title: { zh: '网络文件系统使用 soft 挂载选项', en: 'Network file system mounted with the soft option' },
  why: {
    zh: '服务端短暂无响应时写入会报错返回，程序若不处理就会丢数据或留下损坏的文件。',
    en: 'If the server briefly stops responding, writes return errors; a program that does not handle them loses data or leaves corrupted files.',
  },
  remedy: {
    zh: '执行 `nfsstat -m` 查看挂载选项；存放业务数据的 NFS 应改用 hard 挂载（StorageClass 的 mountOptions 或 fstab），soft 超时后写入会失败并可能损坏数据。',
    en: 'Run `nfsstat -m` to check the mount options; use hard mounts for NFS that stores business data (StorageClass mountOptions or fstab). After a timeout, writes on a soft mount fail and may corrupt data.',
  },
  severity: 'info',
  setup: true,
  reads: ['filesystems'],
  unit: 'count',
  threshold: {},
  source: 'nfs(5): a soft timeout can cause silent data corruption in certain cases',

  evaluate({ filesystems }, _threshold, { host }) {
    const rows = filesystems.mounts.filter(({ type }) => type === 'nfs');
    if (rows.length === 0) return notApplicable('not-in-use');
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-reported' }, ({ options, access }) => (options.includes('soft') && access === 'read-write' ? [{}] : []));
  },
});
