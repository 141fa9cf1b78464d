import { defineCheck, unknown } from '../check.ts';
import { below } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskSpaceLow = defineCheck({
  id: 'disk-space-low',
  area: 'disk',
  title: { zh: '文件系统剩余空间不足', en: 'Low free space on a file system' },
  why: {
    zh: '写满后，数据库和日志立刻停止写入，节点会驱逐 Pod 或无法登录。',
    en: 'When it is full, databases and logs immediately stop writing, and a node evicts pods or becomes impossible to log in to.',
  },
  remedy: {
    zh: '执行 `df -h` 与 `du -xh --max-depth=2 <挂载点> | sort -h | tail` 找出占用最多的目录；清理日志和无用镜像（`crictl rmi --prune`），或扩容该文件系统。',
    en: 'Run `df -h` and `du -xh --max-depth=2 <mount point> | sort -h | tail` to find the largest directories; remove old logs and unused images (`crictl rmi --prune`), or expand the file system.',
  },
  severity: 'warning',
  reads: ['filesystems'],
  unit: 'percent',
  threshold: { warningPercent: 15, criticalPercent: 5 },
  source: 'kubelet imagefs.available < 15 % (hard eviction default); node-mixin NodeFilesystemAlmostOutOfSpace (5 %)',

  evaluate({ filesystems }, { warningPercent, criticalPercent }, { host }) {
    const rows = filesystems.mounts.filter(({ role }) => role === 'host');
    if (rows.length === 0) return unknown();
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-visible' }, ({ measured, availablePercent }) => {
      if (!measured) return undefined;
      return availablePercent === undefined ? [] : below(availablePercent, { warning: warningPercent, critical: criticalPercent });
    });
  },
});
