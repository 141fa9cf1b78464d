import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const fileTableFull = defineCheck({
  id: 'service-file-table-full',
  area: 'service',
  title: { zh: '系统文件句柄耗尽', en: 'System file handles exhausted' },
  why: { zh: '任何程序都打不开文件或连接，整机服务同时失败。', en: 'No program can open files or connections, and all services on the host fail at once.' },
  remedy: {
    zh: '执行 `cat /proc/sys/fs/file-nr` 查看句柄用量，再用 `ls /proc/<PID>/fd | wc -l` 找出占用最多的进程；修复句柄泄漏，或提高 fs.file-max。',
    en: 'Run `cat /proc/sys/fs/file-nr` to check handle usage, then `ls /proc/<PID>/fd | wc -l` to find the process using the most; fix the handle leak or raise fs.file-max.',
  },
  severity: 'critical',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'practice: at file-max every open() on the machine fails; node-mixin NodeFileDescriptorLimit is critical at 90 %',

  evaluate({ kernelLog }, { criticalCount }) {
    return loggedToday(kernelLog, ['file-table-full'], { critical: criticalCount });
  },
});
