import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const fdUsageHigh = defineCheck({
  id: 'host-fd-usage-high',
  area: 'host',
  title: { zh: '文件句柄使用率过高', en: 'File handles nearly exhausted' },
  why: {
    zh: '用完后整机无法再打开文件或连接，所有服务同时报错。',
    en: 'Once they are exhausted, no more files or connections can be opened on this host, and all services fail at once.',
  },
  remedy: {
    zh: '执行 `cat /proc/sys/fs/file-nr` 查看；统计 `/proc/*/fd` 的数量找出泄漏的进程并重启，必要时调高 `fs.file-max`。',
    en: 'Run `cat /proc/sys/fs/file-nr` to check usage; count the entries in `/proc/*/fd` to find the leaking process and restart it, and raise `fs.file-max` if necessary.',
  },
  severity: 'warning',
  reads: ['processes'],
  unit: 'percent',
  threshold: { warningPercent: 70, criticalPercent: 90 },
  source: 'node-mixin NodeFileDescriptorLimit (70 and 90 %)',

  evaluate({ processes }, { warningPercent, criticalPercent }) {
    if (processes.filesOpen === undefined || !processes.filesMax) return unknown();
    return above((processes.filesOpen / processes.filesMax) * 100, { warning: warningPercent, critical: criticalPercent });
  },
});
