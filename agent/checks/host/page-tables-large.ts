import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const pageTablesLarge = defineCheck({
  id: 'host-page-tables-large',
  area: 'host',
  title: { zh: '页表占用内存过多', en: 'Page tables use too much memory' },
  why: {
    zh: '这部分内存不属于任何进程的账面用量，内存会比监控显示的更早耗尽。',
    en: 'This memory is not attributed to any process, so memory runs out earlier than monitoring suggests.',
  },
  remedy: {
    zh: '执行 `grep PageTables /proc/meminfo` 查看；为使用大块共享内存的数据库配置大页，并减少其进程数。',
    en: 'Run `grep PageTables /proc/meminfo` to check; configure huge pages for databases with large shared memory, and reduce their number of processes.',
  },
  severity: 'info',
  reads: ['memory'],
  unit: 'percent',
  threshold: { infoPercent: 5 },
  source: 'practice: page tables above 5 % of memory are what huge pages for Oracle and PostgreSQL are made for',

  evaluate({ memory }, { infoPercent }) {
    if (memory.pageTableBytes === undefined) return unknown();
    return above((memory.pageTableBytes / memory.totalBytes) * 100, { info: infoPercent });
  },
});
