import { defineCheck, unknown } from '../check.ts';

export const coreDumpNew = defineCheck({
  id: 'service-core-dump-new',
  area: 'service',
  title: { zh: '近期有程序崩溃转储', en: 'Recent program crashes with core dumps' },
  why: { zh: '有程序异常退出，服务曾经中断，同样的缺陷还会再次触发。', en: 'A program exited abnormally: a service was interrupted, and the same bug will be triggered again.' },
  remedy: {
    zh: '执行 `coredumpctl list --since -7d` 或 `ls -lt /var/crash` 查看崩溃的程序；把转储交给开发方分析，并清理旧转储。',
    en: 'Run `coredumpctl list --since -7d` or `ls -lt /var/crash` to see which programs crashed; give the dumps to their developers for analysis, and remove old dumps.',
  },
  severity: 'info',
  reads: ['logs'],
  unit: 'days',
  threshold: { withinDays: 7 },
  source: 'node-problem-detector config/abrt-adaptor.json CCPPCrash; seven days so that a weekly report shows it',

  evaluate({ logs: { coreDumps, newestCoreDumpAt } }, { withinDays }, { now }) {
    if (coreDumps === undefined) return unknown();
    if (newestCoreDumpAt === undefined) return [];
    const days = Math.max(0, Math.floor((now - newestCoreDumpAt) / 86_400));
    return days < withinDays ? [{ observed: days, threshold: withinDays }] : [];
  },
});
