import { defineCheck, unknown } from '../check.ts';

export const crashDumpNew = defineCheck({
  id: 'service-crash-dump-new',
  area: 'service',
  title: { zh: '近期发生过内核崩溃', en: 'Recent kernel crash' },
  why: { zh: '整机曾经宕机，其上业务全部中断；原因不查清会再次发生。', en: 'The whole host and all its services went down, which may happen again unless the cause is found.' },
  remedy: {
    zh: '执行 `ls -lt /var/crash /var/lib/systemd/pstore` 查看转储；用 crash 工具或其中的 vmcore-dmesg.txt 查看原因，把转储交给操作系统厂商分析。',
    en: 'Run `ls -lt /var/crash /var/lib/systemd/pstore` to list the dumps; use the crash utility or vmcore-dmesg.txt to find the cause, and give the dump to the operating system vendor for analysis.',
  },
  severity: 'warning',
  reads: ['logs'],
  unit: 'days',
  threshold: { withinDays: 7 },
  source: 'node-problem-detector config/abrt-adaptor.json VMcore; seven days so that a weekly report shows it',

  evaluate({ logs: { kernelDumps, newestKernelDumpAt } }, { withinDays }, { now }) {
    if (kernelDumps === undefined) return unknown();
    if (newestKernelDumpAt === undefined) return [];
    const days = Math.max(0, Math.floor((now - newestKernelDumpAt) / 86_400));
    return days < withinDays ? [{ observed: days, threshold: withinDays }] : [];
  },
});
