import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskMemoryFileSystemFull = defineCheck({
  id: 'disk-memory-file-system-full',
  area: 'disk',
  title: { zh: '内存文件系统（如 /run、/dev/shm）即将写满', en: 'In-memory file system (such as /run or /dev/shm) nearly full' },
  why: {
    zh: '写满后服务无法创建锁和套接字文件，登录、容器启动和数据库共享内存会失败。',
    en: 'When it is full, services cannot create lock and socket files, and logins, container starts and database shared memory fail.',
  },
  remedy: {
    zh: '执行 `df -h -t tmpfs` 与 `du -xh --max-depth=1 /run | sort -h | tail` 找出占用者；/run 写满后 systemd 与容器运行时无法再启动任何进程，应清理残留文件并重启占用它的服务。',
    en: 'Run `df -h -t tmpfs` and `du -xh --max-depth=1 /run | sort -h | tail` to find what is using the space; when /run is full, neither systemd nor the container runtime can start any process, so remove leftover files and restart the service responsible.',
  },
  severity: 'warning',
  reads: ['filesystems'],
  unit: 'percent',
  threshold: { warningPercent: 90, criticalPercent: 98 },
  source: 'practice: systemd and containerd keep their state in /run and fail when it is full',

  evaluate({ filesystems }, { warningPercent, criticalPercent }, { host }) {
    const rows = filesystems.mounts.filter(({ role }) => role === 'memory');
    if (rows.length === 0) return notApplicable('not-present');
    return judgeRows(rows, { kind: 'Mount', host, missing: 'not-visible' }, ({ usedPercent }) =>
      usedPercent === undefined ? undefined : above(usedPercent, { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
